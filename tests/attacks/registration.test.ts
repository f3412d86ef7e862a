import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { contentProblems, redirectUriProblem } from '#contracts/console';
import { content, openConsole, scope } from '../support/console.ts';
import { onBoth } from '../support/suite.ts';

/** Group 1.A at registration: the one place where a redirect URI is parsed. */
const REFUSED: readonly (readonly [id: string, uri: string])[] = [
  ['RU-01', 'https://app.example.com@evil.example/cb'],
  ['RU-02', 'https://app.example.com:pw@evil.example/cb'],
  ['RU-07', 'https://app.example.com\\@evil.example/cb'],
  ['RU-16', 'https://APP.example.com/cb'],
  ['RU-16', 'HTTPS://app.example.com/cb'],
  ['RU-20', 'http://app.example.com/cb'],
  ['RU-20', 'http://127.0.0.2/cb'],
  ['RU-20', 'http://localhost.evil.example/cb'],
  ['RU-22', '//evil.example/cb'],
  ['RU-22', '/\\evil.example'],
  ['RU-22', 'cb'],
  ['RU-23', 'javascript:alert(1)//https://app.example.com/cb'],
  ['RU-25', 'data:text/html,x'],
  ['RU-25', 'blob:https://app.example.com/cb'],
  ['RU-25', 'file:///etc/passwd'],
  ['RU-25', 'about:blank'],
  ['RU-25', 'intent://app.example.com/cb'],
  ['RU-25', 'content://x'],
  ['RU-25', 'ftp://app.example.com/cb'],
  ['RU-25', 'vbscript:x'],
  ['RU-26', 'x:anything'],
  ['RU-26', 'myapp:/cb'],
  ['RU-29', 'https://app.example.com/cb/../evil'],
  ['RU-29', 'https://app.example.com/%2e%2e/evil'],
  ['RU-31', 'https://app.example.com/cb/%2F..'],
  ['RU-34', 'https://app.example.com/./cb'],
  ['RU-35', 'https://app%2eexample.com/cb'],
  ['RU-37', 'https://app.example.com%00.evil.example/cb'],
  ['RU-37', 'https://app.example.com/\0'],
  ['RU-38', 'https://app.exa\tmple.com/cb'],
  ['RU-38', 'ht\ntps://app.example.com/cb'],
  ['RU-41', 'https://app.example.com/cb?code=x'],
  ['RU-41', 'https://app.example.com/cb?a=b&state=x'],
  ['RU-41', 'https://app.example.com/cb?%63ode=x'],
  ['RU-41', 'https://app.example.com/cb?iss=x&error=y'],
  ['RU-43', 'https://app.example.com/cb#x'],
  ['RU-43', 'https://app.example.com/cb#'],
  ['RU-46', 'https://app.exаmple.com/cb'],
  ['RU-47', 'https://app。example.com/cb'],
  ['RU-49', 'https://app.example.coß/cb'],
  ['RU-53', 'https://app.example.com/cb https://evil.example'],
  ['RU-67', `https://app.example.com/${'a'.repeat(2030)}`],
  ['a port of none', 'https://app.example.com:443/cb'],
  ['an address in another spelling', 'http://2130706433/cb'],
  // Found by the property tests: a host of characters that no security policy can spell.
  ['a host that is none', 'https://app;example/cb'],
  ['a host that is none', "https://app'example/cb"],
  ['an empty text', ''],
];

const TAKEN = [
  'https://app.example.com/cb',
  'https://app.example.com',
  'https://app.example.com/cb?tenant=7&lang=%ED%95%9C',
  'https://app.example.com:8443/cb',
  'https://xn--hu1b83js0o.example/cb',
  'http://localhost:3000/callback',
  'http://127.0.0.1/cb',
  'http://[::1]:8080/cb',
];

describe('A redirect URI is registered', () => {
  for (const type of ['web', 'native', 'spa'] as const) {
    test(`never by a ${type} client in a shape that two readers could read in two ways (RU-01 … RU-67)`, () => {
      for (const [id, uri] of REFUSED) assert.notEqual(redirectUriProblem(uri, type), null, `${id} ${uri}`);
    });
  }

  test('as it stands where it is plain', () => {
    for (const uri of TAKEN) assert.equal(redirectUriProblem(uri, 'web'), null, uri);
  });

  test('RU-26: with a scheme of its own by native clients alone, and only as a reversed domain name', () => {
    assert.equal(redirectUriProblem('com.example.app:/cb', 'native'), null);
    for (const type of ['web', 'spa'] as const) assert.equal(redirectUriProblem('com.example.app:/cb', type), 'scheme');
  });

  test('RU-67: at most twenty times for one client, and never twice alike', () => {
    const uris = (count: number) => Array.from({ length: count }, (_, n) => `https://app.example.com/${n}`);
    const scopes = { scope: 'PROFILE', level: 'REQUIRED', purpose: '', retention: '', refusalEffect: '' } as const;
    const problems = (redirectUris: string[]) =>
      contentProblems({
        ...{ type: 'web', name: 'x', description: '', requirePkce: false, redirectUris },
        ...{ scopes: [scopes], methods: ['AUTHORIZATION_CODE'] },
      }).map(({ problem }) => problem);
    assert.deepEqual(problems(uris(20)), []);
    assert.deepEqual(problems(uris(21)), ['too-many']);
    assert.deepEqual(problems(uris(2000)), ['too-many']);
    assert.deepEqual(problems([...uris(2), ...uris(1)]), ['repeated']);
  });
});

onBoth('Registering a client', (world) => {
  test('RU-13: without any redirect URI is refused where one is needed', async () => {
    const desk = await openConsole(world(), await world().user({ roles: ['developer'] }));
    const answer = await desk.call('registerClient', { body: content({ redirectUris: [] }) });
    assert.deepEqual([answer.status, answer.fields.map(({ field }) => field)], [400, ['redirectUris']]);
  });

  test('SC-09, SC-12, WB-08: takes neither status, owner, id, allowance nor a key that is not in the form', async () => {
    const w = world();
    const desk = await openConsole(w, await w.user({ roles: ['developer'] }));
    for (const more of [
      { status: 'ACTIVE' },
      { ownerId: 'f'.repeat(32) },
      { id: 'f'.repeat(32) },
      { allowances: ['password'] },
      { ownService: true },
      { createdAt: 0 },
      { __proto__: null, constructor: 'x' },
    ]) {
      const answer = await desk.call('registerClient', { body: { ...content(), ...more } });
      assert.equal(answer.status, 400, JSON.stringify(more));
    }
    // A switch that is left out is no switch that is off: the whole form is needed.
    const { requirePkce: _, ...without } = content();
    assert.equal((await desk.call('registerClient', { body: without })).status, 400);
    assert.deepEqual((await desk.ask('listClients')).items, []);
  });

  test('SC-11: is judged as the client that results, so a public one always needs PKCE', async () => {
    const w = world();
    const desk = await openConsole(w, await w.user({ roles: ['developer'] }));
    const { client } = await desk.ask('registerClient', { body: content({ type: 'spa', requirePkce: false }) });
    assert.equal(client.requirePkce, true);
    const turned = await desk.ask('editClient', {
      params: { id: client.id },
      body: { content: content({ type: 'native', requirePkce: false }), seen: client.contentHash },
    });
    assert.equal(turned.requirePkce, true);
  });

  test('SC-14: needs the role, whichever way is tried', async () => {
    const w = world();
    const somebody = await openConsole(w, await w.user());
    const made = await somebody.call('registerClient', { body: content() });
    assert.deepEqual([made.status, made.error], [403, 'not_a_developer']);
    for (const path of ['/oauth/register', '/api/v1/client', '/admin/clients', '/api/v1/review/clients']) {
      assert.ok([404, 405].includes((await somebody.browser.post(path, {})).status), path);
    }
  });

  test('SC-06: a scope that an ACTIVE client adds waits, and neither old grants nor new logins have it', async () => {
    const w = world();
    const owner = await w.user({ roles: ['developer'] });
    const desk = await openConsole(w, owner);
    const { client } = await desk.ask('registerClient', { body: content() });
    await w.app.review(client.id, 'approve');
    const [secret] = (await desk.ask('showSecrets', { params: { id: client.id }, body: {} })).items;
    const known = {
      id: client.id,
      secret: secret?.value ?? '',
      redirectUri: content().redirectUris[0] ?? '',
      owner,
      how: 'basic' as const,
    };
    const user = await w.user();
    const tokens = await w.tokens(known, user);
    const live = await desk.ask('readClient', { params: { id: client.id } });
    const changed = await desk.ask('editClient', {
      params: { id: client.id },
      body: { content: content({ scopes: [scope('PROFILE'), scope('HEALTH')] }), seen: live.contentHash },
    });
    assert.deepEqual(changed.pending?.changed, ['scopes']);
    assert.equal((await w.refresh(known, tokens.refresh_token)).body['scope'], 'PROFILE');
    assert.equal((await w.authorize(known, user, { scope: 'HEALTH' })).get('error'), 'invalid_scope');
    assert.equal((await w.tokens(known, user)).scope, 'PROFILE');
  });

  test('RU-68: a code is bound to the redirect URI that it was asked for with; once that is removed it redeems nothing', async () => {
    const w = world();
    const owner = await w.user({ roles: ['developer'] });
    const desk = await openConsole(w, owner);
    const [kept, removed] = ['https://app.example.com/cb', 'https://app.example.com/old'];
    const { client } = await desk.ask('registerClient', { body: content({ redirectUris: [kept, removed] }) });
    await w.app.review(client.id, 'approve');
    const [secret] = (await desk.ask('showSecrets', { params: { id: client.id }, body: {} })).items;
    const old = { id: client.id, secret: secret?.value ?? '', redirectUri: removed, owner, how: 'basic' as const };
    const code = await w.code(old, await w.user());
    const live = await desk.ask('readClient', { params: { id: client.id } });
    await desk.ask('editClient', {
      params: { id: client.id },
      body: { content: content({ redirectUris: [kept] }), seen: live.contentHash },
    });
    for (const redirectUri of [removed, kept]) {
      const answer = await w.redeem({ ...old, redirectUri }, code);
      assert.deepEqual([answer.status, answer.body['error']], [400, 'invalid_grant'], redirectUri);
    }
  });
});
