import type { FactoryDevice, ManifestField } from '#developer';
import type { DeviceMuid, ModelMuid } from '#kernel';
import { type Json, readJson, type TestUser, type World } from './world.ts';

/** A blood-pressure meter with a glucose meter in it, as its maker describes it. */
export const MANIFEST: readonly ManifestField[] = [
  {
    name: 'bloodpressure',
    description: '혈압',
    parameters: [
      ...['systolic', 'diastolic', 'map'].map((name) => ({
        name,
        kind: 'CATALOGUE' as const,
        rootCode: 'BLOOD_PRESSURE' as const,
        unit: 'mmHg',
        minimum: null,
        maximum: null,
      })),
      {
        name: 'pulse',
        kind: 'CATALOGUE',
        rootCode: 'BLOOD_PRESSURE',
        unit: 'beats/min',
        minimum: null,
        maximum: null,
      },
      { name: 'cuff', kind: 'CUSTOM', rootCode: null, unit: '', minimum: null, maximum: null },
      { name: 'taken_at', kind: 'TIME', rootCode: null, unit: '', minimum: null, maximum: null },
    ],
  },
  {
    name: 'glucose',
    description: '혈당',
    parameters: [
      { name: 'glucose', kind: 'CATALOGUE', rootCode: 'GLUCOSE', unit: 'mmol/L', minimum: 1, maximum: 40 },
      {
        name: 'glucose_ctxt_meal',
        kind: 'CATALOGUE',
        rootCode: 'GLUCOSE',
        unit: 'enumeration',
        minimum: null,
        maximum: null,
      },
    ],
  },
  {
    name: 'temperature',
    description: '체온',
    parameters: [
      { name: 'temperature', kind: 'CATALOGUE', rootCode: 'TEMP', unit: '°C', minimum: null, maximum: null },
    ],
  },
];

export interface TestProduct {
  readonly id: ModelMuid;
  readonly owner: TestUser;
}

export interface ProductWish {
  readonly owner?: TestUser;
  readonly severalUsers?: boolean;
  readonly status?: 'PENDING' | 'ACTIVE' | 'SUSPENDED';
  readonly fields?: readonly ManifestField[];
}

export async function makeProduct(w: World, wish: ProductWish = {}): Promise<TestProduct> {
  const { products } = w.app.modules;
  const owner = wish.owner ?? (await w.user({ roles: ['developer'] }));
  const made = await products.register(w.app.act(), owner.muid, {
    name: '한빛 혈압계',
    modelCode: 'HB-100',
    maker: '한빛전자',
    description: '위팔에 감는 혈압계입니다.',
    imageUri: 'https://maker.example/hb-100.png',
    infoImageUri: '',
    buyLink: 'https://maker.example/buy',
    size: '120x90x60mm',
    weight: '310g',
    severalUsers: wish.severalUsers ?? false,
  });
  if (!made.ok) throw new Error(JSON.stringify(made.problem));
  const activated = await products.activateManifest(w.app.act(), owner.muid, made.value, wish.fields ?? MANIFEST);
  if (!activated.ok) throw new Error(JSON.stringify(activated.problem));
  for (const action of { PENDING: [], ACTIVE: ['approve'], SUSPENDED: ['approve', 'suspend'] }[
    wish.status ?? 'ACTIVE'
  ]) {
    await reviewProduct(w, made.value, action as 'approve' | 'suspend');
  }
  return { id: made.value, owner };
}

export async function reviewProduct(
  w: World,
  product: ModelMuid,
  action: 'approve' | 'reject' | 'suspend' | 'reinstate',
): Promise<void> {
  const decided = await w.app.modules.products.review(w.app.act(), product, {
    action,
    decidedBy: null,
    reason: 'tests',
  });
  if (!decided.ok) throw new Error(decided.problem);
}

let serials = 0;

export async function makeDevice(w: World, product: TestProduct, serial = `SN-${++serials}`): Promise<FactoryDevice> {
  const wish = { serial, mac: '00:1A:2B:3C:4D:5E' };
  const made = await w.app.modules.products.createDevice(w.app.act(), product.owner.muid, product.id, wish);
  if (!made.ok) throw new Error(made.problem);
  return made.value;
}

/** Calls the open API as an application with this token. */
export async function call(
  w: World,
  token: string | null,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  json?: unknown,
): Promise<Json> {
  return readJson(
    await fetch(`${w.url}${path}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        // The mobile SDK sends a JSON content type with everything, body or not.
        'content-type': 'application/json',
      },
      ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    }),
  );
}

/** The token of an application of this user with these scopes. */
export async function tokenFor(w: World, user: TestUser, scopes: readonly ('PROFILE' | 'DEVICE' | 'HEALTH')[]) {
  const client = await w.client({ scopes });
  return { client, token: (await w.tokens(client, user)).access_token };
}

export const itemOf = (answer: Json): Record<string, unknown> => answer.body['items'] as Record<string, unknown>;
export const itemsOf = (answer: Json): Record<string, unknown>[] => answer.body['items'] as Record<string, unknown>[];

/** Posts to the device data server as a device (or as an application with its derived token) does. */
export async function post(
  w: World,
  device: DeviceMuid,
  secret: string,
  field: string,
  con: unknown,
  more: { cnf?: string; headers?: Record<string, string> } = {},
): Promise<Json> {
  return readJson(
    await fetch(`${w.url}/Mobius/${device}/fields/${field}`, {
      method: 'POST',
      headers: {
        'x-m2m-origin': secret,
        'x-m2m-ri': '12345',
        accept: 'application/json',
        'content-type': 'application/json;ty=4',
        ...more.headers,
      },
      body: JSON.stringify({ 'm2m:cin': { ...(more.cnf === undefined ? {} : { cnf: more.cnf }), con } }),
    }),
  );
}

export async function readField(w: World, device: DeviceMuid, secret: string, path: string): Promise<Json> {
  const headers = { 'x-m2m-origin': secret, 'x-m2m-ri': '12345', accept: 'application/json' };
  return readJson(await fetch(`${w.url}/Mobius/${device}/fields/${path}`, { headers }));
}
