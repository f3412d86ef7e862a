import type { HealthKind } from '#consent';
import { inUnit, MINUTE } from '#kernel';
import type { CatalogueParameter, FieldParameter, Measurement, NewInstance } from '../ports/index.ts';
import { mealOf } from './meal.ts';
import { readDeviceTime } from './times.ts';

type Value = number | string | readonly number[];
type Evaluated = Pick<NewInstance, 'measuredAt' | 'measurements' | 'roots' | 'marks'>;

const MOST_SAMPLES = 1000;
const MOST_MARKS = 20;
const NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** Clocks of devices run fast; more than this is no clock. */
const AHEAD_MS = 5 * MINUTE;
/** Nobody measured with these devices before. */
const EARLIEST = Date.UTC(2000, 0, 1);

/**
 * What becomes of a value: health data by root code, the measured time, and what was not understood. Pure. A value that
 * breaks the manifest or is not plausible marks the instance and is left out; the others are taken. Where the time can't
 * be believed nothing is: a value at a wrong time is a wrong value.
 */
export function evaluate(
  con: unknown,
  cnf: string | null,
  parameters: readonly FieldParameter[],
  now: number,
): Evaluated {
  const roots = [...new Set(parameters.flatMap(({ catalogue }) => (catalogue === null ? [] : [catalogue.root])))];
  const members = membersOf(con, cnf, parameters);
  if (typeof members === 'string') return { measuredAt: null, measurements: [], roots, marks: [`con:${members}`] };

  const marks: string[] = [];
  const known = new Set(parameters.map(({ name }) => name));
  for (const name of members.keys()) if (!known.has(name) && NAME.test(name)) marks.push(`${name}:unknown`);

  const byRoot = new Map<HealthKind, Record<string, Value>>();
  let measuredAt: number | null = null;
  let wrongTime = false;
  for (const parameter of parameters) {
    const sent = members.get(parameter.name);
    // A parameter that was not measured this time is left out or null.
    if (sent === undefined || sent === null) continue;
    if (parameter.kind === 'TIME') {
      const read = timeOf(sent, now);
      if (typeof read === 'number') measuredAt = read;
      else {
        wrongTime = true;
        marks.push(`${parameter.name}:${read}`);
      }
      continue;
    }
    const read = valueOf(sent, parameter);
    if (!read.ok) marks.push(`${parameter.name}:${read.problem}`);
    else if (parameter.catalogue !== null) {
      const { root } = parameter.catalogue;
      byRoot.set(root, { ...byRoot.get(root), [parameter.name]: read.value });
    }
  }
  const measurements: Measurement[] = wrongTime ? [] : [...byRoot].map(([root, values]) => ({ root, values }));
  return { measuredAt: wrongTime ? null : measuredAt, measurements, roots, marks: marks.slice(0, MOST_MARKS) };
}

const JSON_FORMAT = /^application\/json(?::\d)?$/i;

/** The members of the object that was sent, or of the text that holds one; a lone value is that of a lone parameter. */
function membersOf(
  con: unknown,
  cnf: string | null,
  parameters: readonly FieldParameter[],
): ReadonlyMap<string, unknown> | 'not-json' | 'not-an-object' {
  let value = con;
  if (typeof con === 'string' && cnf !== null && JSON_FORMAT.test(cnf)) {
    try {
      value = JSON.parse(con);
    } catch {
      return 'not-json';
    }
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new Map(Object.entries(value));
  const [only, another] = parameters.filter(({ kind }) => kind !== 'TIME');
  return only !== undefined && another === undefined ? new Map([[only.name, value]]) : 'not-an-object';
}

function timeOf(sent: unknown, now: number): number | 'not-a-time' | 'in-the-future' {
  const at = readDeviceTime(sent);
  if (at === null || at < EARLIEST) return 'not-a-time';
  return at > now + AHEAD_MS ? 'in-the-future' : at;
}

type Problem = 'not-a-number' | 'not-a-code' | 'out-of-range' | 'implausible';
type Read = { ok: true; value: Value } | { ok: false; problem: Problem };

const taken = (value: Value): Read => ({ ok: true, value });
const wrong = (problem: Problem): Read => ({ ok: false, problem });

const within = (value: number, bounds: { minimum: number | null; maximum: number | null }): boolean =>
  (bounds.minimum === null || value >= bounds.minimum) && (bounds.maximum === null || value <= bounds.maximum);

function valueOf(sent: unknown, parameter: FieldParameter): Read {
  const { catalogue } = parameter;
  if (catalogue === null) return customValue(sent, parameter);
  if (catalogue.kind === 'CODE') {
    const meal = mealOf(sent);
    return meal === null ? wrong('not-a-code') : taken(meal);
  }
  if (catalogue.kind === 'SAMPLES' && Array.isArray(sent)) return samplesOf(sent, parameter);
  // RS-20: `"123"` is a text, and who sends texts may send others.
  if (typeof sent !== 'number' || !Number.isFinite(sent)) return wrong('not-a-number');
  return numberOf(sent, parameter, catalogue);
}

function numberOf(sent: number, parameter: FieldParameter, catalogue: CatalogueParameter): Read {
  if (!within(sent, parameter)) return wrong('out-of-range');
  const value = inUnit(sent, parameter.unit, catalogue.unit);
  return within(value, catalogue) ? taken(value) : wrong('implausible');
}

function samplesOf(sent: readonly unknown[], parameter: FieldParameter): Read {
  if (sent.length > MOST_SAMPLES) return wrong('out-of-range');
  const samples = sent.filter((one): one is number => typeof one === 'number' && Number.isFinite(one));
  if (samples.length !== sent.length) return wrong('not-a-number');
  return samples.every((one) => within(one, parameter)) ? taken(samples) : wrong('out-of-range');
}

/** Kept as it is; its maker's bounds are looked at, where there are any. */
function customValue(sent: unknown, parameter: FieldParameter): Read {
  const bounded = parameter.minimum !== null || parameter.maximum !== null;
  if (!bounded) return taken('');
  if (typeof sent !== 'number' || !Number.isFinite(sent)) return wrong('not-a-number');
  return within(sent, parameter) ? taken(sent) : wrong('out-of-range');
}
