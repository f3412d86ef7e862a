import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from 'typebox/value';
import { ApiErrorBody, M2mError, type Operation, OPERATIONS } from '#contracts';
import type { ScopeName } from '#kernel';
import { call, itemOf, makeDevice, makeProduct, post } from '../support/devices.ts';
import { share } from '../support/health.ts';
import { onBoth } from '../support/suite.ts';
import { type Json, readJson, type TestClient, type TestUser, type World } from '../support/world.ts';

/** Somebody with a device, data and a share, an application with all scopes, and the device's keys. */
interface Stage {
  readonly w: World;
  readonly user: TestUser;
  readonly client: TestClient;
  readonly token: string;
  readonly serial: string;
  readonly model: string;
  readonly device: string;
  readonly secret: string;
  readonly derived: string;
  /** Shares blood pressure with `user`. */
  readonly friend: TestUser;
  readonly share: string;
}

async function stage(w: World): Promise<Stage> {
  const product = await makeProduct(w);
  const serial = `S${product.id.slice(0, 12)}`;
  const device = await makeDevice(w, product, serial);
  const [user, friend] = [await w.user(), await w.user()];
  const client = await w.client({ scopes: ['PROFILE', 'DEVICE', 'HEALTH'] });
  const { access_token: token } = await w.tokens(client, user);
  const added = await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid });
  const derived = String(itemOf(added)['deviceToken']);
  await post(w, device.muid, device.secret, 'bloodpressure', { systolic: 120 });
  const shared = await share(w, friend, user, client);
  return {
    ...{ w, user, client, token, serial, model: product.id, device: device.muid, secret: device.secret, derived },
    ...{ friend, share: shared },
  };
}

interface Sample {
  readonly path: string;
  readonly body?: unknown;
  /** What another user's token gets for the same request: the thing is not there, or a list of his or her own. */
  readonly other: 'not-found' | 'own';
}

const BP = 'obxRootRefId=BLOOD_PRESSURE';
const field = ({ device }: Stage): string => `/Mobius/${device}/fields/bloodpressure`;

/** A request that succeeds for the right caller, for every operation there is. */
const SAMPLES: Readonly<Record<string, (s: Stage) => Sample>> = {
  'GET /user/me': () => ({ path: '/user/me', other: 'own' }),
  'GET /v1/devices': () => ({ path: '/v1/devices?page=0&size=10', other: 'own' }),
  'POST /v1/devices': (s) => ({ path: '/v1/devices', body: { deviceMuid: s.device }, other: 'not-found' }),
  'GET /v1/devices/find-device-by-serial': (s) => ({
    path: `/v1/devices/find-device-by-serial?modelMuid=${s.model}&serial=${s.serial}`,
    other: 'not-found',
  }),
  'PUT /v1/devices/:deviceMuid': (s) => ({
    path: `/v1/devices/${s.device}`,
    body: { deviceNickname: '이름' },
    other: 'not-found',
  }),
  'DELETE /v1/devices/:deviceMuid': (s) => ({ path: `/v1/devices/${s.device}`, other: 'not-found' }),
  'GET /v1/health': () => ({ path: `/v1/health?${BP}`, other: 'own' }),
  'GET /v1/shared-health': (s) => ({
    path: `/v1/shared-health?userid=${s.friend.loginId}&${BP}`,
    other: 'not-found',
  }),
  'POST /Mobius/:deviceMuid/fields/:field': (s) => ({
    path: field(s),
    body: { 'm2m:cin': { con: { systolic: 121 } } },
    other: 'not-found',
  }),
  'GET /Mobius/:deviceMuid/fields/:field': (s) => ({ path: `${field(s)}?rcn=4&ty=4`, other: 'not-found' }),
  'GET /Mobius/:deviceMuid/fields/:field/latest': (s) => ({ path: `${field(s)}/latest`, other: 'not-found' }),
};

const nameOf = ({ method, path }: Pick<Operation, 'method' | 'path'>): string => `${method} ${path}`;

function sampleOf(operation: Operation, s: Stage): Sample {
  const sample = SAMPLES[nameOf(operation)];
  if (sample === undefined) throw new Error(`${nameOf(operation)} has no sample in this table`);
  return sample(s);
}

const isDevice = (operation: Operation): boolean => operation.needs === 'device secret';

async function ask(w: World, operation: Operation, { path, body }: Sample, key: string | null): Promise<Json> {
  const credential = isDevice(operation) ? { 'x-m2m-origin': key ?? '' } : { authorization: `Bearer ${key}` };
  const response = await fetch(`${w.url}${path}`, {
    method: operation.method,
    headers: {
      'x-m2m-ri': '1',
      'content-type': isDevice(operation) ? 'application/json;ty=4' : 'application/json',
      ...(key === null ? {} : credential),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return readJson(response);
}

const SCOPES: readonly ScopeName[] = ['PROFILE', 'DEVICE', 'HEALTH'];

/** A token of the same user without the scope that the operation needs. */
async function narrow(s: Stage, operation: Operation): Promise<string> {
  const scopes = SCOPES.filter((scope) => scope !== operation.needs);
  return (await s.w.tokens(await s.w.client({ scopes }), s.user)).access_token;
}

interface Caller {
  /** Makes the stage what it has to be, and gives the key that is presented. */
  readonly key: (s: Stage, operation: Operation) => Promise<string | null>;
  readonly bearer: (sample: Sample) => number;
  readonly device: (operation: Operation) => number;
}

const otherUser = async (s: Stage): Promise<{ user: TestUser; token: string }> => {
  const user = await s.w.user();
  return { user, token: (await s.w.tokens(s.client, user)).access_token };
};

/** Everybody who may call, and what they get: (bearer operations, device operations). */
const CALLERS: Readonly<Record<string, Caller>> = {
  'the right caller': {
    key: async (s, operation) => (isDevice(operation) ? s.derived : s.token),
    bearer: () => 200,
    device: ({ status }) => status,
  },
  'nobody, without a token': { key: async () => null, bearer: () => 401, device: () => 400 },
  'somebody with a token that never was': {
    key: async (_s, operation) => (isDevice(operation) ? '0'.repeat(32) : `mba_${'0'.repeat(26)}_${'x'.repeat(43)}`),
    bearer: () => 401,
    device: () => 403,
  },
  'somebody after everything was withdrawn': {
    key: async (s, operation) => {
      await s.w.app.withdraw(s.user.muid, s.client.id, null);
      return isDevice(operation) ? s.derived : s.token;
    },
    bearer: () => 401,
    device: () => 403,
  },
  'an application without the scope': {
    key: async (s, operation) => {
      if (!isDevice(operation)) return narrow(s, operation);
      await s.w.app.withdraw(s.user.muid, s.client.id, ['DEVICE']);
      return s.derived;
    },
    bearer: () => 403,
    device: () => 403,
  },
  'a token for a device without HEALTH': {
    key: async (s, operation) => {
      await s.w.app.withdraw(s.user.muid, s.client.id, ['HEALTH']);
      return isDevice(operation) ? s.derived : null;
    },
    bearer: () => 401,
    device: ({ method }) => (method === 'POST' ? 201 : 403),
  },
  'another user': {
    key: async (s, operation) => {
      const { token } = await otherUser(s);
      if (!isDevice(operation)) return token;
      const another = await makeDevice(s.w, await makeProduct(s.w));
      const added = await call(s.w, token, 'POST', '/v1/devices', { deviceMuid: another.muid });
      return String(itemOf(added)['deviceToken']);
    },
    bearer: ({ other }) => (other === 'own' ? 200 : 404),
    device: () => 403,
  },
  'a suspended application': {
    key: async (s, operation) => {
      await s.w.app.review(s.client.id, 'suspend');
      return isDevice(operation) ? s.derived : s.token;
    },
    bearer: () => 401,
    device: () => 403,
  },
  'a suspended user': {
    key: async (s, operation) => {
      await s.w.app.storage.users.setStatus(s.w.app.act(), s.user.muid, 'SUSPENDED');
      return isDevice(operation) ? s.derived : s.token;
    },
    bearer: () => 401,
    device: () => 403,
  },
  'somebody whose share and device were removed': {
    key: async (s, operation) => {
      await s.w.app.storage.shares.end(s.w.app.act(), s.friend.muid, s.share);
      const { token } = await otherUser(s);
      await call(s.w, s.token, 'DELETE', `/v1/devices/${s.device}`);
      await call(s.w, token, 'POST', '/v1/devices', { deviceMuid: s.device });
      return isDevice(operation) ? s.derived : s.token;
    },
    bearer: ({ other }) => (other === 'own' ? 200 : 404),
    device: () => 403,
  },
};

onBoth('Every operation, as every caller', (world) => {
  for (const [who, caller] of Object.entries(CALLERS)) {
    for (const operation of OPERATIONS) {
      test(`${nameOf(operation)} as ${who}`, async () => {
        const s = await stage(world());
        const sample = sampleOf(operation, s);
        const key = await caller.key(s, operation);
        const answer = await ask(s.w, operation, sample, key);
        const expected = isDevice(operation) ? caller.device(operation) : caller.bearer(sample);
        assert.equal(answer.status, expected, JSON.stringify(answer.body));
        const schema = answer.status < 300 ? operation.answer : isDevice(operation) ? M2mError : ApiErrorBody;
        assert.ok(Value.Check(schema, answer.body), JSON.stringify(answer.body));
        if (isDevice(operation)) assert.match(answer.headers.get('x-m2m-rsc') ?? '', /^\d{4}$/);
        else if (answer.status === 401 || answer.status === 403) {
          assert.match(answer.headers.get('www-authenticate') ?? '', /^Bearer /);
        }
        if (who === 'another user' && answer.status === 200) {
          assert.equal(JSON.stringify(answer.body).includes(s.device), false);
          assert.equal(JSON.stringify(answer.body).includes(s.user.muid), false);
        }
      });
    }
  }

  test('is in this table: no route of the open API escapes it', () => {
    const routes = world().app.routes.filter(({ path }) => /^\/(?:v1|user|Mobius)(?:\/|$)/.test(path));
    // Other names of operations in the table.
    const aliases = /\/(?:la|oldest|ol|:instance)$/;
    assert.deepEqual(
      routes
        .map(nameOf as (route: { method: string; path: string }) => string)
        .filter((name) => !aliases.test(name))
        .toSorted(),
      OPERATIONS.map(nameOf).toSorted(),
    );
    for (const operation of OPERATIONS) assert.ok(Object.hasOwn(SAMPLES, nameOf(operation)), nameOf(operation));
  });
});
