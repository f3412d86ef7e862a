import type { DeviceItem, DevicePage } from '#contracts';
import type { HttpAnswer, HttpRequest, Route } from '#http';
import { type BackoffStore, backoffKeys, type BackoffLimit } from '#identity';
import { ApiError, asDeviceMuid, asModelMuid, type DeviceMuid, MINUTE, newSortableId, SECOND } from '#kernel';
import { actOfCall } from '../act.ts';
import { type GuardDeps, guarded, type ProvenRight } from '../guard.ts';
import { badRequest, member, wholeNumber } from '../numbers.ts';
import type { DeviceRecord, DeviceStore } from '../ports/index.ts';
import { nicknameFrom } from './nickname.ts';
import { derivedTokens } from './token.ts';
import { deviceOnWire } from './wire.ts';

export interface DeviceDeps extends GuardDeps {
  readonly devices: DeviceStore;
  readonly backoff: BackoffStore;
  readonly backoffKey: Uint8Array;
  /** Tokens of applications for devices are derived from it. */
  readonly deviceTokenKey: Uint8Array;
}

/** Serial numbers can be guessed: thirty in a quarter of an hour, then a block that grows. */
const FIND_LIMIT: BackoffLimit = { free: 30, windowMs: 15 * MINUTE, blockMs: 30 * SECOND, maxBlockMs: 15 * MINUTE };
const MOST_ITEMS = 1000;
const MOST_PAGES = 1_000_000;

/** `/v1/devices` (platform contract, section 4). */
export function deviceRoutes(deps: DeviceDeps): Route[] {
  const { devices, clock } = deps;

  async function list(request: HttpRequest): Promise<HttpAnswer> {
    const now = clock.now();
    const { size, page, ...found } = await guarded(deps, request, ['DEVICE'], async (token) => {
      const asked = {
        size: wholeNumber(request, 'size', { otherwise: 10, from: 1, to: MOST_ITEMS }),
        page: wholeNumber(request, 'page', { otherwise: 0, from: 0, to: MOST_PAGES }),
      };
      const held = await devices.list(token, { offset: asked.page * asked.size, limit: asked.size }, now);
      return held && { ...held, ...asked };
    });
    const tokens = await derivedTokens(deps, found.right, found.devices, now);
    const body: DevicePage = {
      size,
      page,
      total: found.total,
      first: page === 0,
      last: (page + 1) * size >= found.total,
      items: found.devices.map((one) => deviceOnWire(one, found.right.userMuid, tokens.get(one.muid) ?? null)),
    };
    return { status: 200, body };
  }

  async function find(request: HttpRequest): Promise<HttpAnswer> {
    const now = clock.now();
    const { right, device } = await guarded(deps, request, ['DEVICE'], async (token) => {
      const model = asModelMuid(request.query().get('modelMuid') ?? '');
      const serial = request.query().get('serial') ?? '';
      if (model === null || serial === '') throw badRequest('modelMuid and serial are needed.');
      return devices.find(token, { model, serial }, now);
    });
    const key = backoffKeys(deps.backoffKey).serial(right.userMuid);
    const turn = await deps.backoff.take([{ key, ...FIND_LIMIT }], now);
    if (!turn.allowed) {
      throw new ApiError(429, 'too_many_requests', 'Too many searches. Try again later.', {
        reason: 'backed-off',
        retryAfter: (turn.retryAt - now) / SECOND,
      });
    }
    if (device === null) throw notFound();
    // Never with credentials: those come with the device itself, once it is in the account.
    return { status: 200, body: { items: deviceOnWire(device, right.userMuid, null) } satisfies DeviceItem };
  }

  async function answer(right: ProvenRight, device: DeviceRecord | null, now: number): Promise<HttpAnswer> {
    if (device === null) throw notFound();
    const tokens = await derivedTokens(deps, right, [device], now);
    const items = deviceOnWire(device, right.userMuid, tokens.get(device.muid) ?? null);
    return { status: 200, body: { items } satisfies DeviceItem };
  }

  async function add(request: HttpRequest): Promise<HttpAnswer> {
    const now = clock.now();
    const sent = member(request.json, 'deviceMuid');
    const device = typeof sent === 'string' ? asDeviceMuid(sent) : null;
    const done = await guarded(deps, request, ['DEVICE'], async (token) => {
      const nickname = nicknameFrom(request.json);
      if (device === null) throw badRequest('deviceMuid must be 32 lower-case hexadecimal characters.');
      return devices.add(actOfCall(request, now), token, { device, id: newSortableId(now), nickname });
    });
    return answer(done.right, done.device, now);
  }

  async function rename(request: HttpRequest): Promise<HttpAnswer> {
    const now = clock.now();
    const done = await guarded(deps, request, ['DEVICE'], async (token) => {
      const nickname = nicknameFrom(request.json);
      if (nickname === null) throw badRequest('deviceNickname is needed.');
      return devices.rename(actOfCall(request, now), token, named(request), nickname);
    });
    return answer(done.right, done.device, now);
  }

  async function remove(request: HttpRequest): Promise<HttpAnswer> {
    const now = clock.now();
    const done = await guarded(deps, request, ['DEVICE'], (token) =>
      devices.remove(actOfCall(request, now), token, named(request)),
    );
    return answer(done.right, done.device, now);
  }

  const route = (method: Route['method'], path: string, body: Route['body'], handle: Route['handle']): Route => ({
    method,
    path,
    surface: 'api',
    body,
    handle,
  });
  return [
    route('GET', '/v1/devices', 'none', list),
    route('POST', '/v1/devices', 'json', add),
    route('GET', '/v1/devices/find-device-by-serial', 'none', find),
    route('PUT', '/v1/devices/:deviceMuid', 'json', rename),
    route('DELETE', '/v1/devices/:deviceMuid', 'json', remove),
  ];
}

const notFound = (): ApiError =>
  new ApiError(404, 'not_found', 'There is no such device for this user.', { reason: 'malformed' });

/** RS-01: what is no id of a device is nobody's device. */
function named(request: HttpRequest): DeviceMuid {
  const device = asDeviceMuid(request.pathParams['deviceMuid'] ?? '');
  if (device === null) throw notFound();
  return device;
}
