import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOUR, MINUTE } from '#kernel';
import { type Console, content, openConsole } from '../support/console.ts';
import { assertOAuthError } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import { CALLBACK, type TestClient, type TestUser, type World } from '../support/world.ts';

async function shelf(w: World) {
  const owner = await w.user({ roles: ['developer'] });
  const desk = await openConsole(w, owner);
  const { client } = await desk.ask('registerClient', { body: content() });
  await w.app.review(client.id, 'approve');
  return { owner, desk, id: client.id, params: { id: client.id } };
}

const withSecret = (owner: TestUser, id: string, secret: string): TestClient => ({
  id,
  secret,
  redirectUri: CALLBACK,
  owner,
  how: 'basic',
});

/** An endpoint that a client reaches with nothing but its secret. */
const tries = (w: World, client: TestClient) => w.post('/oauth/revoke', client, { token: 'x' });

const shown = async (desk: Console, params: { id: string }) =>
  (await desk.ask('showSecrets', { params, body: {} })).items;

onBoth('A client secret', (world) => {
  test('is shown to its owner again, 32 hexadecimal characters, and each time is in the audit log', async () => {
    const w = world();
    const { owner, desk, id, params } = await shelf(w);
    const [secret] = await shown(desk, params);
    assert.match(secret?.value ?? '', /^[0-9a-f]{32}$/);
    assert.equal((await tries(w, withSecret(owner, id, secret?.value ?? ''))).status, 200);
    const rows = await w.app.storage.audit.list({ action: 'client.secret-shown', limit: 10 });
    assert.deepEqual(
      rows.map((row) => [row.client, row.actor.id]),
      [[id, owner.muid]],
    );
  });

  test('is shown with an old login only for the password, whose guesses share the login’s back-off', async () => {
    const w = world();
    const { owner, desk, params } = await shelf(w);
    w.app.clock.advance(10 * MINUTE + 1);
    const ask = (password?: string) =>
      desk.call('showSecrets', { params, body: password === undefined ? {} : { password } });
    assert.deepEqual([(await ask()).status, (await ask()).error], [403, 'login_again']);
    assert.equal((await desk.call('makeSecret', { params, body: { name: 'x' } })).error, 'login_again');
    assert.equal((await ask('nicht-das-passwort')).error, 'wrong_password');
    assert.equal((await ask(owner.password)).status, 200);
    assert.equal((await ask()).status, 200, 'the session is fresh again');
    w.app.clock.advance(10 * MINUTE + 1);
    for (let guess = 0; guess < 6; guess++) await ask(`geraten-${guess}`);
    const blocked = await ask(owner.password);
    assert.deepEqual([blocked.status, blocked.error], [429, 'too_many_requests']);
    assert.ok(Number(blocked.headers.get('retry-after')) > 0);
    const browser = w.browser();
    await w.login(browser, owner);
    assert.equal(browser.cookies.has('medbiz'), false, 'the login page is blocked with it');
  });

  test('CA-10: rotated with an overlap, the old one works until its end and not a moment longer', async () => {
    const w = world();
    const { owner, desk, id, params } = await shelf(w);
    const [old] = await shown(desk, params);
    w.app.clock.advance(1);
    const made = await desk.ask('makeSecret', { params, body: { name: '새 서버', overlapHours: 24 } });
    const [first, second] = await shown(desk, params);
    assert.deepEqual([first?.id, first?.name, first?.expiresAt], [made.id, '새 서버', null]);
    assert.deepEqual([second?.id, second?.expiresAt], [old?.id, w.app.clock.now() + 24 * HOUR]);
    const before = withSecret(owner, id, old?.value ?? '');
    w.app.clock.advance(24 * HOUR - 1);
    assert.equal((await tries(w, before)).status, 200);
    w.app.clock.advance(1);
    assertOAuthError(await tries(w, before), 401, 'invalid_client');
    assert.equal((await tries(w, withSecret(owner, id, made.value))).status, 200);
  });

  test('rotated at once, or ended, is dead at once', async () => {
    const w = world();
    const { owner, desk, id, params } = await shelf(w);
    const [old] = await shown(desk, params);
    const made = await desk.ask('makeSecret', { params, body: { name: 'b', overlapHours: 0 } });
    assertOAuthError(await tries(w, withSecret(owner, id, old?.value ?? '')), 401, 'invalid_client');
    await desk.ask('endSecret', { params: { ...params, secretId: made.id } });
    assertOAuthError(await tries(w, withSecret(owner, id, made.value)), 401, 'invalid_client');
    assert.deepEqual(await shown(desk, params), []);
    assert.equal((await desk.call('endSecret', { params: { ...params, secretId: made.id } })).status, 404);
  });

  test('of another client can not be ended through one’s own', async () => {
    const w = world();
    const [mine, other] = [await shelf(w), await shelf(w)];
    const [theirs] = await shown(other.desk, other.params);
    const called = await mine.desk.call('endSecret', { params: { ...mine.params, secretId: theirs?.id ?? '' } });
    assert.equal(called.status, 404);
    assert.equal((await tries(w, withSecret(other.owner, other.id, theirs?.value ?? ''))).status, 200);
  });

  test('has at most four others beside it, also when they are made in parallel', async () => {
    const w = world();
    const { desk, params } = await shelf(w);
    const called = await Promise.all(
      Array.from({ length: 10 }, (_, at) => desk.call('makeSecret', { params, body: { name: `s${at}` } })),
    );
    assert.equal(called.filter(({ status }) => status === 201).length, 4);
    assert.deepEqual([...new Set(called.flatMap(({ error }) => error ?? []))], ['too_many_secrets']);
    assert.equal((await shown(desk, params)).length, 5);
    assert.equal((await desk.call('makeSecret', { params, body: { name: 'r', overlapHours: 1 } })).status, 409);
    await desk.ask('makeSecret', { params, body: { name: 'r', overlapHours: 0 } });
    assert.equal((await shown(desk, params)).length, 1);
  });

  test('has a name that can be read, and says when it was last used', async () => {
    const w = world();
    const { owner, desk, id, params } = await shelf(w);
    assert.deepEqual((await desk.call('makeSecret', { params, body: { name: 'a‮b' } })).fields, [
      { field: 'name', problem: 'characters' },
    ]);
    const [secret] = await shown(desk, params);
    assert.equal(secret?.lastUsedAt, null);
    await tries(w, withSecret(owner, id, secret?.value ?? ''));
    // The note of it is never waited for by a request.
    for (let turn = 0; turn < 100 && (await shown(desk, params))[0]?.lastUsedAt === null; turn++) await sleep(20);
    assert.equal((await shown(desk, params))[0]?.lastUsedAt, w.app.clock.now());
    const [row] = (await desk.ask('listClients')).items;
    assert.equal(row?.lastUsedAt, w.app.clock.now());
  });

  test('is none of an spa client’s', async () => {
    const w = world();
    const desk = await openConsole(w, await w.user({ roles: ['developer'] }));
    const { client, secret } = await desk.ask('registerClient', { body: content({ type: 'spa' }) });
    assert.equal(secret, null);
    const params = { id: client.id };
    assert.deepEqual(await shown(desk, params), []);
    assert.equal((await desk.call('makeSecret', { params, body: { name: 'x' } })).error, 'conflict');
  });

  test('CA-16: stands in no other answer, not even an operator’s, and in no audit row', async () => {
    const w = world();
    const { owner, desk, params } = await shelf(w);
    const [secret] = await shown(desk, params);
    const value = secret?.value ?? 'none';
    const operator = await openConsole(w, await w.user({ roles: ['operator'] }));
    const stranger = await openConsole(w, await w.user({ roles: ['developer'] }));
    const answers = await Promise.all([
      desk.call('readClient', { params }),
      desk.call('readClientHistory', { params }),
      desk.call('listClients'),
      operator.call('readReviewCase', { params }),
      operator.call('findClients'),
      operator.call('findUsers', { query: { query: owner.loginId } }),
      operator.call('readAudit'),
      operator.call('exportAudit'),
      operator.call('showSecrets', { params, body: {} }),
      stranger.call('showSecrets', { params, body: {} }),
    ]);
    for (const { text } of answers) assert.equal(text.includes(value), false);
    assert.deepEqual(
      answers.slice(-2).map(({ status }) => status),
      [404, 404],
    );
    assert.equal(JSON.stringify(w.app.logged).includes(value), false);
  });
});

onBoth(
  'Where secrets are shown once',
  (world) => {
    test('one comes with the registration and when it is made, and never again', async () => {
      const w = world();
      const owner = await w.user({ roles: ['developer'] });
      const desk = await openConsole(w, owner);
      const { client, secret } = await desk.ask('registerClient', { body: content() });
      assert.equal((await tries(w, withSecret(owner, client.id, secret?.value ?? ''))).status, 200);
      const params = { id: client.id };
      const made = await desk.ask('makeSecret', { params, body: { name: 'b' } });
      assert.equal((await tries(w, withSecret(owner, client.id, made.value))).status, 200);
      assert.deepEqual(
        (await shown(desk, params)).map(({ value }) => value),
        [null, null],
      );
      assert.equal((await desk.ask('readSession')).secretDisplay, 'once');
    });
  },
  { config: { secretDisplay: 'once' } },
);
