import type { HttpAnswer, HttpRequest, Route } from '#http';
import { ApiError, type Clock, MINUTE, newTie, SECOND, sha256 } from '#kernel';
import { actOfCall } from '../act.ts';
import { badRequest, wholeNumber } from '../numbers.ts';
import type { DataPage, DeviceDataStore, DeviceKey, Instance, InstanceQuestion, LedgerStore } from '../ports/index.ts';
import { contentOf } from './content.ts';
import { deviceKey, noPrivilege } from './credential.ts';
import { evaluate } from './evaluate.ts';
import { m2mTime, readM2mTime } from './times.ts';
import { containerPath, instanceName, instanceOnWire, readInstanceName } from './wire.ts';

export interface DataDeps {
  readonly deviceData: DeviceDataStore;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
}

/** Ten in a second, for one field of one device. */
const MOST_PER_MINUTE = 600;
const MOST_AT_ONCE = 1000;
const FIELD = '/Mobius/:deviceMuid/fields/:field';
const REPEAT_KEY = /^[\x21-\x7e]{1,128}$/;
const ALWAYS = { from: 0, to: Number.MAX_SAFE_INTEGER, tie: null, offset: 0 } as const;

/** `/Mobius/{deviceMuid}/fields/{field}` (platform contract, section 7; oneM2M TS-0009). */
export function dataRoutes(deps: DataDeps): Route[] {
  const { deviceData, ledger, clock } = deps;

  async function post(request: HttpRequest): Promise<HttpAnswer> {
    const key = deviceKey(request);
    const field = fieldOf(request);
    const now = clock.now();
    const opened = await deviceData.open(key, field, now);
    if (opened === 'refused') throw noPrivilege();
    if (opened === 'no-field') throw notFound();
    const { con, text, cnf } = contentOf(request);
    const stored = await deviceData.store(
      key,
      field,
      {
        ...evaluate(con, cnf, opened.parameters, now),
        manifest: opened.manifest,
        con: text,
        cnf,
        tie: newTie(),
        repeat: repeatOf(request, `${field}\n${cnf ?? ''}\n${text}`),
      },
      now,
      MOST_PER_MINUTE,
    );
    if (stored.outcome === 'refused') throw noPrivilege();
    if (stored.outcome === 'other-body') {
      throw new ApiError(409, 'conflict', 'The Idempotency-Key was used with another body.', { reason: 'malformed' });
    }
    if (stored.outcome === 'too-many') {
      const details = { reason: 'backed-off', retryAfter: MINUTE / SECOND } as const;
      throw new ApiError(429, 'too_many_requests', 'Too many instances in a minute.', details);
    }
    if (!('instance' in stored)) throw noPrivilege();
    const location = `${containerPath(key.device, field)}/${instanceName(stored.instance)}`;
    return {
      status: 201,
      headers: { 'X-M2M-RSC': '2001', 'Content-Location': location },
      body: { 'm2m:cin': instanceOnWire(key.device, field, stored.instance) },
    };
  }

  /** Answers a read once the ledger has it, if it was a person's data. */
  async function readPage(request: HttpRequest, key: DeviceKey, question: InstanceQuestion) {
    const field = fieldOf(request);
    const now = clock.now();
    const page = await deviceData.read(key, field, question, now);
    if (page === 'refused') throw noPrivilege();
    if (page === 'no-field') throw notFound();
    if (page.reader !== null) {
      const { user, client, grant } = page.reader;
      const entry = { user, reader: user, client, grant, what: 'device-data', detail: field } as const;
      await ledger.append(actOfCall(request, now), { ...entry, count: page.instances.length });
    }
    return page;
  }

  const one = (order: InstanceQuestion['order']) => async (request: HttpRequest) => {
    const key = deviceKey(request);
    return single(request, key, await readPage(request, key, { ...ALWAYS, order, limit: 1 }));
  };

  async function named(request: HttpRequest): Promise<HttpAnswer> {
    const key = deviceKey(request);
    const place = readInstanceName(request.pathParams['instance'] ?? '');
    if (place === null) throw notFound();
    const question = {
      from: place.createdAt,
      to: place.createdAt,
      tie: place.tie,
      order: 'newest',
      offset: 0,
      limit: 1,
    };
    return single(request, key, await readPage(request, key, question as InstanceQuestion));
  }

  async function container(request: HttpRequest): Promise<HttpAnswer> {
    const key = deviceKey(request);
    const field = fieldOf(request);
    const query = request.query();
    const rcn = wholeNumber(request, 'rcn', { otherwise: 1, from: 0, to: 99 });
    if (rcn !== 1 && rcn !== 4) throw badRequest('Only rcn 1 and 4 are served.');
    if (rcn === 1) {
      const { total, instances } = await readPage(request, key, { ...ALWAYS, order: 'newest', limit: 1 });
      return { status: 200, headers: OK, body: { 'm2m:cnt': containerOnWire(key, field, total, instances[0]) } };
    }
    if (wholeNumber(request, 'ty', { otherwise: 4, from: 0, to: 99 }) !== 4)
      throw badRequest('Only ty=4 can be listed.');
    const offset = wholeNumber(request, 'ofst', { otherwise: 0, from: 0, to: 1_000_000_000 });
    const limit = wholeNumber(request, 'lim', { otherwise: MOST_AT_ONCE, from: 1, to: MOST_AT_ONCE });
    const question = {
      from: timeIn(query.get('cra'), 'cra') ?? 0,
      // Times have whole seconds on the wire: the last one is meant as a whole.
      to: (timeIn(query.get('crb'), 'crb') ?? ALWAYS.to - SECOND) + SECOND - 1,
      tie: null,
      order: 'newest',
      offset,
      limit,
    } as const;
    const { total, instances } = await readPage(request, key, question);
    const rest = offset + instances.length < total;
    return {
      status: 200,
      // TS-0009 §6.4.17, §6.4.18: partial content, and where it goes on.
      headers: { ...OK, ...(rest ? { 'X-M2M-CTS': '1', 'X-M2M-CTO': String(offset + instances.length) } : {}) },
      body: { 'm2m:rsp': { 'm2m:cin': instances.map((each) => instanceOnWire(key.device, field, each)) } },
    };
  }

  const get = (path: string, handle: Route['handle']): Route => ({
    method: 'GET',
    path,
    surface: 'm2m',
    body: 'none',
    handle,
  });
  return [
    { method: 'POST', path: FIELD, surface: 'm2m', body: 'json', handle: post },
    get(FIELD, container),
    get(`${FIELD}/latest`, one('newest')),
    get(`${FIELD}/la`, one('newest')),
    get(`${FIELD}/oldest`, one('oldest')),
    get(`${FIELD}/ol`, one('oldest')),
    get(`${FIELD}/:instance`, named),
  ];
}

const OK = { 'X-M2M-RSC': '2000' } as const;
const MALFORMED = { reason: 'malformed' } as const;

const notFound = (): ApiError => new ApiError(404, 'not_found', 'There is no such resource.', MALFORMED);

const fieldOf = (request: HttpRequest): string => request.pathParams['field'] ?? '';

function single(request: HttpRequest, key: DeviceKey, page: Exclude<DataPage, string>): HttpAnswer {
  const instance = page.instances[0];
  if (instance === undefined) throw notFound();
  return { status: 200, headers: OK, body: { 'm2m:cin': instanceOnWire(key.device, fieldOf(request), instance) } };
}

const containerOnWire = (key: DeviceKey, field: string, total: number, newest: Instance | undefined) => ({
  rn: field,
  ty: 3,
  pi: `/Mobius/${key.device}/fields`,
  ri: containerPath(key.device, field),
  cni: total,
  ...(newest === undefined ? {} : { lt: m2mTime(newest.createdAt) }),
});

function timeIn(text: string | undefined, name: string): number | null {
  const at = text === undefined ? null : readM2mTime(text);
  if (text !== undefined && at === null) throw badRequest(`${name} must be a time like 20260302T090000, UTC.`);
  return at;
}

/**
 * Only this header makes a repeat one: the SDK sends one and the same X-M2M-RI with everything, and two equal values are
 * two measurements.
 */
function repeatOf(request: HttpRequest, sent: string): { key: string; digest: Uint8Array } | null {
  const key = request.header('idempotency-key');
  if (key === undefined) return null;
  if (!REPEAT_KEY.test(key)) throw badRequest('Idempotency-Key must be at most 128 plain characters.');
  return { key, digest: sha256(sent) };
}
