/**
 * Who may use which route, for every route there is: the table is made from the OpenAPI document that the server gives
 * out, so a new route is tested or the test does not compile.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ENDPOINTS, type EndpointName } from '#contracts/console';
import { type Called, type Console, content, openConsole, type Sent } from '../support/console.ts';
import { onBoth } from '../support/suite.ts';
import type { World } from '../support/world.ts';

const NOBODYS = 'f'.repeat(32);
const NAMES = Object.keys(ENDPOINTS) as EndpointName[];

/** A body and parameters besides `id` that the route takes: what is refused is refused for who asks, not for what. */
const SAMPLES: Readonly<Record<EndpointName, Pick<Sent, 'body' | 'params'>>> = {
  readSession: {},
  readDeveloperTerms: {},
  agreeToDeveloperTerms: { body: { version: '1' } },
  listClients: {},
  registerClient: { body: content() },
  readClient: {},
  editClient: { body: { content: content(), seen: 'x'.repeat(43) } },
  deleteClient: { body: { name: '다른 이름' } },
  readClientHistory: {},
  withdrawChange: {},
  rollBackClient: { body: { version: 999 } },
  showSecrets: { body: {} },
  makeSecret: { body: { name: '시험' } },
  endSecret: { params: { secretId: '0'.repeat(26) } },
  previewConsent: { body: { content: content(), locale: 'ko' } },
  listNotices: {},
  readNotice: { params: { id: '0'.repeat(26) } },
  readReviewQueue: {},
  findClients: {},
  readReviewCase: {},
  decide: {
    body: {
      action: 'approve',
      version: 999,
      seen: 'x'.repeat(43),
      reason: '',
      scopeVerdicts: [],
      allowImplicit: false,
    },
  },
  suspendClient: { body: { reason: '시험' } },
  reinstateClient: { body: { reason: '시험' } },
  rollBackReviewed: { body: { version: 999 } },
  findUsers: {},
  suspendUser: { body: { reason: '시험' } },
  reinstateUser: { body: { reason: '시험' } },
  grantRole: { params: { role: 'user' } },
  revokeRole: { params: { role: 'user' } },
  readAudit: {},
  exportAudit: {},
};

/** Routes that answer 404 to their own people, since what the sample names is not there. */
const NOT_THERE: ReadonlySet<EndpointName> = new Set([
  'rollBackClient',
  'endSecret',
  'readNotice',
  'rollBackReviewed',
  'suspendUser',
  'reinstateUser',
  'grantRole',
  'revokeRole',
]);

const PEOPLE = ['nobody', 'user', 'developer', 'owner', 'operator'] as const;
type Person = (typeof PEOPLE)[number];

async function cast(w: World) {
  const owner = await w.user({ roles: ['developer'] });
  const { id } = await w.client({ owner, status: 'PENDING' });
  const consoles: Readonly<Record<Person, Console>> = {
    nobody: await openConsole(w, null),
    user: await openConsole(w, await w.user()),
    developer: await openConsole(w, await w.user({ roles: ['developer'] })),
    owner: await openConsole(w, owner),
    operator: await openConsole(w, await w.user({ roles: ['operator'] })),
  };
  return { id, consoles };
}

/** What the route's own rule says this person gets; null where they are let in. */
function refusalFor(name: EndpointName, who: Person): readonly [number, string] | null {
  if (who === 'nobody') return [401, 'login_required'];
  switch (ENDPOINTS[name].access) {
    case 'user':
      return null;
    case 'developer':
      return who === 'developer' || who === 'owner' ? null : [403, 'not_a_developer'];
    case 'owner':
      return who === 'owner' ? null : [404, 'not_found'];
    case 'operator':
      return who === 'operator' ? null : [403, 'not_allowed'];
  }
}

const samples = (name: EndpointName, id: string): Sent => {
  const { params, ...rest } = SAMPLES[name];
  return { ...rest, params: { id, ...params } };
};

const letIn = (name: EndpointName, { status, error }: Called): boolean =>
  status !== 401 && (status !== 403 || error === 'login_again') && (status !== 404 || NOT_THERE.has(name));

onBoth('Every route of the console’s API', (world) => {
  test('stands in the document that the server gives out, with whom it serves', async () => {
    const answer = await fetch(`${world().url}/api/openapi.json`);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    const { openapi, paths } = (await answer.json()) as {
      openapi: string;
      paths: Record<string, Record<string, { operationId: string; 'x-access': string }>>;
    };
    assert.equal(openapi, '3.1.0');
    const told = Object.values(paths).flatMap((methods) => Object.values(methods));
    assert.deepEqual(
      told.map((one) => `${one.operationId} ${one['x-access']}`).toSorted(),
      NAMES.map((name) => `${name} ${ENDPOINTS[name].access}`).toSorted(),
    );
  });

  for (const name of NAMES) {
    test(`${name} serves ${ENDPOINTS[name].access} and nobody else`, async () => {
      const { id, consoles } = await cast(world());
      for (const who of PEOPLE) {
        const called = await consoles[who].call(name, samples(name, id));
        const refusal = refusalFor(name, who);
        const said = `${who}: ${called.status} ${called.text.slice(0, 300)}`;
        if (refusal === null) assert.ok(letIn(name, called), said);
        else assert.deepEqual([called.status, called.error], refusal, said);
        assert.equal(called.headers.get('cache-control'), 'no-store');
        assert.equal(called.headers.get('www-authenticate'), null);
      }
    });
  }

  test('of an owner answers alike for what is somebody else’s, deleted, nothing, and no id at all', async () => {
    const w = world();
    const { id, consoles } = await cast(w);
    const gone = await w.client({ owner: await w.user({ roles: ['developer'] }), status: 'PENDING' });
    await openConsole(w, gone.owner).then((desk) =>
      desk.ask('deleteClient', { params: { id: gone.id }, body: { name: '건강수첩' } }),
    );
    const former = await openConsole(w, gone.owner);
    for (const name of NAMES.filter((one) => ENDPOINTS[one].access === 'owner')) {
      const answers = [
        await consoles.developer.call(name, samples(name, id)),
        await former.call(name, samples(name, gone.id)),
        await consoles.developer.call(name, samples(name, NOBODYS)),
        await consoles.developer.call(name, samples(name, 'NO-ID')),
      ].map(({ status, text }) => `${status} ${text.replaceAll(/"(?:path|timestamp)":[^,]+,/g, '')}`);
      assert.equal(new Set(answers).size, 1, `${name}: ${answers.join('\n')}`);
    }
  });

  test('of a developer is closed to an owner who lost the role, who is told why', async () => {
    const w = world();
    const owner = await w.user();
    const { id } = await w.client({ owner, status: 'PENDING' });
    const desk = await openConsole(w, owner);
    assert.deepEqual((await desk.call('readClient', { params: { id } })).error, 'not_a_developer');
    const { terms, version } = await desk.ask('readDeveloperTerms');
    assert.ok(terms.length > 0);
    const stale = await desk.call('agreeToDeveloperTerms', { body: { version: `${version}x` } });
    assert.equal(stale.error, 'changed_meanwhile');
    const session = await desk.ask('agreeToDeveloperTerms', { body: { version } });
    assert.ok(session.user.roles.includes('developer'));
    assert.equal((await desk.call('readClient', { params: { id } })).status, 200);
  });
});

onBoth('WB-05: An unsafe request', (world) => {
  const unsafe = NAMES.filter((name) => ENDPOINTS[name].method !== 'GET');

  test('counts only with the session’s own token in its header and from our own origin', async () => {
    const w = world();
    const { id, consoles } = await cast(w);
    const stranger = consoles.developer.csrf;
    for (const name of unsafe) {
      const who = ENDPOINTS[name].access === 'operator' ? consoles.operator : consoles.owner;
      for (const headers of [
        { 'x-csrf-token': '' },
        { 'x-csrf-token': 'x'.repeat(43) },
        { 'x-csrf-token': stranger },
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ]) {
        const called = await who.call(name, { ...samples(name, id), headers });
        assert.deepEqual([called.status, called.error], [403, 'forged_request'], `${name} ${JSON.stringify(headers)}`);
      }
    }
    const { version, status } = await consoles.owner.ask('readClient', { params: { id } });
    assert.deepEqual([version, status], [1, 'PENDING']);
  });

  test('is no form and no text/plain, whatever it says', async () => {
    const { id, consoles } = await cast(world());
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/json',
    ]) {
      for (const name of unsafe) {
        const who = ENDPOINTS[name].access === 'operator' ? consoles.operator : consoles.owner;
        const { body = { reason: 'x' }, ...sent } = samples(name, id);
        const called = await who.call(name, { ...sent, body, headers: { 'content-type': type, 'x-csrf-token': '' } });
        assert.ok(called.status === 415 || called.status === 403, `${name} ${type}: ${called.status}`);
      }
    }
  });
});

onBoth('WB-08: A body', (world) => {
  const extras = {
    status: 'ACTIVE',
    ownerId: NOBODYS,
    liveVersion: 1,
    allowances: ['implicit'],
    role: 'operator',
    createdAt: 1,
    id: NOBODYS,
    userId: NOBODYS,
    constructor: {},
  };

  test('with a key that the contract does not know is refused and changes nothing', async () => {
    const { id, consoles } = await cast(world());
    for (const name of NAMES) {
      const { body, ...sent } = samples(name, id);
      if (body === undefined) continue;
      const who = ENDPOINTS[name].access === 'operator' ? consoles.operator : consoles.owner;
      for (const [key, value] of Object.entries(extras)) {
        const called = await who.call(name, { ...sent, body: { ...(body as object), [key]: value } });
        assert.deepEqual([called.status, called.error], [400, 'invalid_request'], `${name} ${key}: ${called.text}`);
        assert.deepEqual(called.fields, [{ field: key, problem: 'unknown' }]);
      }
    }
    const seen = await consoles.owner.ask('readClient', { params: { id } });
    assert.deepEqual([seen.status, seen.liveVersion, seen.allowances, seen.version], ['PENDING', null, [], 1]);
  });

  test('with a key too many deep inside, of another shape, or with no text at all is refused by its field', async () => {
    const { id, consoles } = await cast(world());
    const seen = 'x'.repeat(43);
    const edit = (body: unknown) => consoles.owner.call('editClient', { params: { id }, body });
    const inside = await edit({ content: { ...content(), status: 'ACTIVE' }, seen });
    assert.deepEqual(inside.fields, [{ field: 'status', problem: 'unknown' }]);
    const [one] = content().scopes;
    const deeper = await edit({ content: content({ scopes: [{ ...one, verdict: 'APPROVED' } as never] }), seen });
    assert.deepEqual(deeper.fields, [{ field: 'scopes.0.verdict', problem: 'unknown' }]);
    assert.deepEqual((await edit({ seen })).fields, [{ field: 'content', problem: 'missing' }]);
    for (const body of [undefined, [], 'null', '"text"', '{', 'true', { content: [], seen }]) {
      assert.equal((await edit(body)).status, 400, JSON.stringify(body));
    }
    for (const name of ['a\0b', '\uD800']) {
      const bad = await edit({ content: content({ name }), seen });
      assert.deepEqual(bad.fields, [{ field: 'name', problem: 'characters' }]);
    }
  });

  test('of a query is as strict', async () => {
    const { consoles } = await cast(world());
    const called = await consoles.operator.call('findUsers', { query: { query: 'x', role: 'operator' } });
    assert.deepEqual([called.status, called.fields], [400, [{ field: 'role', problem: 'unknown' }]]);
    assert.equal((await consoles.operator.call('readAudit', { query: { from: "1' or 1=1" } })).status, 400);
  });
});
