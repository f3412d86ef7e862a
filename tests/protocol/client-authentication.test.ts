import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOAuthError } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import { type Json, readJson, type World } from '../support/world.ts';

const ask = async (w: World, authorization: string | null, form: Record<string, string> = {}): Promise<Json> =>
  readJson(
    await fetch(`${w.url}/oauth/token`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(authorization === null ? {} : { authorization }),
      },
      body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'unknown', ...form }).toString(),
    }),
  );

const basic = (text: string | Uint8Array): string => `Basic ${Buffer.from(text).toString('base64')}`;

/** A client that is let in gets as far as the grant, which then does not know the token. */
const assertLetIn = (answer: Json): void => assertOAuthError(answer, 400, 'invalid_grant');

onBoth('Client authentication', (world) => {
  test('takes the secret in the header or in the body', async () => {
    const w = world();
    const { id, secret } = await w.client();
    assertLetIn(await ask(w, basic(`${id}:${secret}`)));
    assertLetIn(await ask(w, `bAsIc ${Buffer.from(`${id}:${secret}`).toString('base64')}`));
    assertLetIn(await ask(w, null, { client_id: id, client_secret: secret }));
    assertLetIn(await ask(w, basic(`${id}:${secret}`), { client_id: id }));
  });

  test('CA-06: reads a Basic header form-decoded, as RFC 6749 §2.3.1 says', async () => {
    const w = world();
    const { id, secret } = await w.client();
    const encoded = (text: string): string => [...text].map((c) => `%${c.charCodeAt(0).toString(16)}`).join('');
    assertLetIn(await ask(w, basic(`${encoded(id)}:${encoded(secret)}`)));
    assertLetIn(await ask(w, basic(`${id}:${encoded(secret)}`)));
  });

  test('CA-01: in two ways at once is invalid_request', async () => {
    const w = world();
    const { id, secret } = await w.client();
    const both = await ask(w, basic(`${id}:${secret}`), { client_id: id, client_secret: secret });
    assertOAuthError(both, 400, 'invalid_request');
    assertOAuthError(await ask(w, basic(`${id}:${secret}`), { client_id: 'f'.repeat(32) }), 400, 'invalid_request');
  });

  test('CA-04, CA-07: loosely written or empty credentials are refused with a challenge', async () => {
    const w = world();
    const { id, secret } = await w.client();
    const good = Buffer.from(`${id}:${secret}`).toString('base64');
    const headers = [
      'Basic',
      'Basic ',
      'Basic Og==',
      basic(`${id}:`),
      basic(id),
      basic(`:${secret}`),
      basic(`${id}:${secret}\0`),
      basic(`${id}:${secret}\n`),
      basic(` ${id}:${secret}`),
      basic(Buffer.concat([Buffer.from(`${id}:`), Buffer.from([0xff, 0xfe])])),
      `Basic ${good.replace(/=+$/, '')}`,
      `Basic ${good}=`,
      `Basic !${good}`,
      `Basic ${good.slice(0, 10)} ${good.slice(10)}`,
      basic(`${id}:${secret.toUpperCase()}x`),
      basic(`${id.toUpperCase()}:${secret}`),
      `Bearer ${good}`,
    ];
    for (const header of headers) {
      const answer = await ask(w, header);
      assertOAuthError(answer, 401, 'invalid_client');
      assert.match(answer.headers.get('www-authenticate') ?? '', /^Basic realm="/, header);
    }
  });

  test('without any credentials, or with a name alone for a confidential client, is invalid_client', async () => {
    const w = world();
    const { id } = await w.client();
    for (const form of [
      {},
      { client_id: id },
      { client_id: id, client_secret: '' },
      { client_id: 'unknown', client_secret: 'x' },
    ]) {
      assertOAuthError(await ask(w, null, form), 401, 'invalid_client');
    }
  });

  test('of a public client is its name; a secret that it shows must be right', async () => {
    const w = world();
    const spa = await w.client({ type: 'spa' });
    assertLetIn(await ask(w, null, { client_id: spa.id }));
    assertOAuthError(await ask(w, null, { client_id: spa.id, client_secret: 'f'.repeat(32) }), 401, 'invalid_client');
    const native = await w.client({ type: 'native' });
    assertLetIn(await ask(w, null, { client_id: native.id }));
    assertLetIn(await ask(w, null, { client_id: native.id, client_secret: native.secret }));
    assertOAuthError(await ask(w, null, { client_id: native.id, client_secret: spa.id }), 401, 'invalid_client');
  });

  test('CA-09: guessing is slowed down, and never locks the real client out', async () => {
    const w = world();
    const { id, secret } = await w.client();
    const statuses: number[] = [];
    for (let guess = 0; guess < 30; guess++) {
      statuses.push((await ask(w, null, { client_id: id, client_secret: 'f'.repeat(32) })).status);
    }
    assert.ok(statuses.includes(429), statuses.join(' '));
    assertLetIn(await ask(w, null, { client_id: id, client_secret: secret }));
  });
});

onBoth('The token endpoint', (world) => {
  test('RM-11: knows its grant types letter by letter', async () => {
    const w = world();
    const client = await w.client();
    for (const grant_type of [
      'AUTHORIZATION_CODE',
      'authorization_code ',
      'urn:ietf:params:oauth:grant-type:x',
      'client_credentials',
    ]) {
      assertOAuthError(await w.token(client, { grant_type }), 400, 'unsupported_grant_type');
    }
    assertOAuthError(await w.token(client, {}), 400, 'invalid_request');
  });

  test('PA-02, PA-14: takes nothing from the query, and GET only where the operator allowed it', async () => {
    const w = world();
    const client = await w.client();
    const tokens = await w.tokens(client, await w.user());
    const query = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
      client_id: client.id,
      client_secret: client.secret,
    });
    const byQuery = await readJson(
      await fetch(`${w.url}/oauth/token?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: '',
      }),
    );
    assertOAuthError(byQuery, 400, 'invalid_request');
    const byGet = await fetch(`${w.url}/oauth/token?${query}`);
    assert.equal(byGet.status, 405);
    assert.equal(byGet.headers.get('allow'), 'POST');
    const legacy = await w.client({ allow: ['get-token'] });
    const old = await w.tokens(legacy, await w.user());
    const asked = new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: old.refresh_token,
      client_id: legacy.id,
      client_secret: legacy.secret,
    });
    const answer = await readJson(await fetch(`${w.url}/oauth/token?${asked}`));
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('cache-control'), 'no-store');
  });
});
