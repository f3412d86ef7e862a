import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { FieldProblem } from '#kernel';
import { invalid, refusal } from './refuse.ts';

/** Each schema is compiled once, when its route is made. */
const compiled = new WeakMap<TSchema, Validator>();

function validatorOf(schema: TSchema): Validator {
  const known = compiled.get(schema) ?? Compile(schema);
  compiled.set(schema, known);
  return known;
}

const MOST_FIELDS = 20;
const PROBLEMS: Readonly<Record<string, string>> = {
  boolean: 'unknown',
  maxLength: 'too-long',
  maxItems: 'too-many',
  minLength: 'missing',
};

/**
 * The value, if it is what the schema says to the key: an unknown one is refused, never dropped (WB-08). Throws
 * ConsoleError `invalid_request` with the fields.
 */
export function readShape(schema: TSchema, value: unknown): unknown {
  const validator = validatorOf(schema);
  if (!validator.Check(value)) throw invalid(fieldsOf(validator, value));
  const bad = badText(value, []);
  if (bad !== null) throw invalid([bad]);
  return value;
}

function fieldsOf(validator: Validator, value: unknown): FieldProblem[] {
  const fields = new Map<string, FieldProblem>();
  for (const { keyword, instancePath, params } of validator.Errors(value)) {
    const path = instancePath.split('/').slice(1);
    const missing = keyword === 'required' && 'requiredProperties' in params ? params.requiredProperties : [];
    for (const name of missing) note(fields, [...path, name], 'missing');
    if (keyword !== 'required' && keyword !== 'additionalProperties') {
      note(fields, path, PROBLEMS[keyword] ?? 'invalid');
    }
  }
  return [...fields.values()].slice(0, MOST_FIELDS);
}

function note(fields: Map<string, FieldProblem>, path: readonly string[], problem: string): void {
  const field = fieldName(path);
  if (field !== '' && !fields.has(field)) fields.set(field, { field, problem });
}

/** As a form knows it: where the content of a client stands inside a body, its fields are still called by their names. */
const fieldName = (path: readonly string[]): string =>
  (path[0] === 'content' && path.length > 1 ? path.slice(1) : path).join('.').slice(0, 64);

/** Text that no database keeps as it is: NUL, and halves of characters (IN-09). */
function badText(value: unknown, path: readonly string[]): FieldProblem | null {
  if (typeof value === 'string') {
    return value.includes('\0') || !value.isWellFormed() ? { field: fieldName(path), problem: 'characters' } : null;
  }
  if (typeof value !== 'object' || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    const bad = badText(inner, [...path, key]);
    if (bad !== null) return bad;
  }
  return null;
}

/** Path parameters: what is no id is no thing. */
export function readParams(schema: TSchema, params: Readonly<Record<string, string>>): unknown {
  if (!validatorOf(schema).Check(params)) throw refusal('not_found');
  return params;
}

/**
 * An answer with nothing in it that the contract does not name, whatever a handler gave; one that lacks something is a
 * fault of ours (500) and goes nowhere.
 */
export function writeShape(schema: TSchema, answer: object): object {
  const validator = validatorOf(schema);
  const clean = validator.Clean(structuredClone(answer));
  if (typeof clean === 'object' && clean !== null && validator.Check(clean)) return clean;
  const [first] = validator.Errors(clean);
  throw new Error(`An answer is not what its contract says: ${first?.instancePath ?? ''} ${first?.message ?? ''}`);
}
