import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { openConsole } from '../support/console.ts';
import { assertOAuthError } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';

const guess = (): string => randomBytes(32).toString('base64url');

onBoth('Codes and tokens', (world) => {
  test('CO-11: guesses hit nothing, are all answered alike, and do no harm to the code that they are near', async () => {
    const w = world();
    const client = await w.client();
    const code = await w.code(client, await w.user());
    const [prefix, lookup] = code.split('_');
    const answers = new Set<string>();
    for (let tries = 0; tries < 300; tries++) {
      // The lookup id is no secret: a guess with the right one has still to guess 256 bits.
      const tried = tries % 2 === 0 ? `${prefix}_${lookup}_${guess()}` : `${prefix}_${'0'.repeat(26)}_${guess()}`;
      const answer = await w.redeem(client, tried);
      answers.add(`${answer.status} ${JSON.stringify(answer.body)}`);
    }
    assert.equal(answers.size, 1);
    assert.match([...answers][0] ?? '', /^400 .*invalid_grant/);
    assert.equal((await w.redeem(client, code)).status, 200);
  });

  test('RT-04: a refresh beside a suspension leaves nothing alive, whichever comes first', async () => {
    const w = world();
    for (let round = 0; round < 5; round++) {
      const client = await w.client({ type: 'spa' });
      const tokens = await w.tokens(client, await w.user());
      const [refreshed] = await Promise.all([
        w.refresh(client, tokens.refresh_token),
        w.app.review(client.id, 'suspend'),
      ]);
      for (const token of [tokens.access_token, String(refreshed.body['access_token'])]) {
        assert.equal((await w.me(token)).status, 401);
      }
      const rotated = refreshed.body['refresh_token'];
      const again = typeof rotated === 'string' ? rotated : tokens.refresh_token;
      assertOAuthError(await w.refresh(client, again), 401, 'invalid_client');
      await w.app.review(client.id, 'reinstate');
      assertOAuthError(await w.refresh(client, again), 400, 'invalid_grant');
    }
  });

  test('RT-15, CA-16: whoever steals the database finds no token, code, session, password or client secret in it', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    const waiting = (await w.authorize(client, user, {}, { browser })).get('code') ?? '';
    const tokens = await w.tokens(client, user);
    const spa = await w.client({ type: 'spa' });
    const first = await w.tokens(spa, user);
    // The stored answer of a rotation, which is kept for ten seconds.
    const rotated = await w.refresh(spa, first.refresh_token);
    const desk = await openConsole(w, client.owner);
    const secrets = [
      waiting,
      tokens.access_token,
      tokens.refresh_token,
      first.refresh_token,
      String(rotated.body['access_token']),
      String(rotated.body['refresh_token']),
      client.secret,
      user.password,
      ...browser.cookies.values(),
      ...desk.browser.cookies.values(),
    ];
    const dump = await w.app.dump();
    assert.ok(dump.includes(user.loginId), 'the dump is one');
    for (const secret of secrets) {
      // What of it is secret: behind the prefix and the lookup id, which are none.
      const last = /^mb[a-z]_[0-9a-z]{26}_(.+)$/.exec(secret)?.[1] ?? secret;
      for (const text of [secret, last, Buffer.from(last).toString('hex'), Buffer.from(last).toString('base64')]) {
        assert.ok(text.length >= 16 && !dump.includes(text), `${secret.slice(0, 4)}… stands in the database`);
      }
    }
  });

  test('SC-02, SC-17: nothing but the known grants exists: no client_credentials, no exchange, no device, no assertion', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'HEALTH'] });
    for (const grant_type of [
      'client_credentials',
      'urn:ietf:params:oauth:grant-type:token-exchange',
      'urn:ietf:params:oauth:grant-type:jwt-bearer',
      'urn:ietf:params:oauth:grant-type:device_code',
      'implicit',
    ]) {
      const answer = await w.token(client, { grant_type, scope: 'HEALTH', subject_token: 'x', assertion: 'x' });
      assertOAuthError(answer, 400, 'unsupported_grant_type');
    }
  });

  test('CA-12, CA-15: an assertion is no client authentication', async () => {
    const w = world();
    const client = await w.client();
    const form = { grant_type: 'refresh_token', refresh_token: 'x', client_id: client.id };
    for (const client_assertion_type of ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer', '']) {
      const answer = await w.token(client, { ...form, client_assertion_type, client_assertion: 'eyJ.e30.' }, 'none');
      assertOAuthError(answer, 401, 'invalid_client');
    }
  });

  test('SC-03: a scope is separated by single blanks and by nothing else', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'] });
    const user = await w.user();
    for (const scope of [
      'PROFILE,DEVICE',
      'PROFILE\nDEVICE',
      'PROFILE\tDEVICE',
      'PROFILE  DEVICE',
      ' PROFILE',
      `PROFILE${' '.repeat(5000)}DEVICE`,
      'PROFILE\u00a0DEVICE',
      '"PROFILE"',
    ]) {
      assert.equal((await w.authorize(client, user, { scope })).get('error'), 'invalid_scope', JSON.stringify(scope));
    }
    assert.equal((await w.tokens(client, user, { scope: 'PROFILE PROFILE' })).scope, 'PROFILE');
  });
});
