import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOAuthError } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import { pkcePair } from '../support/world.ts';

const S256 = (challenge: string) => ({ code_challenge: challenge, code_challenge_method: 'S256' });

onBoth('PKCE', (world) => {
  test('PK-01: a code that was asked for with a challenge needs its verifier', async () => {
    const w = world();
    const client = await w.client();
    const { challenge, verifier } = pkcePair();
    const code = await w.code(client, await w.user(), S256(challenge));
    assertOAuthError(await w.redeem(client, code), 400, 'invalid_grant');
    assertOAuthError(await w.redeem(client, code, { code_verifier: pkcePair().verifier }), 400, 'invalid_grant');
    assert.equal((await w.redeem(client, code, { code_verifier: verifier })).status, 200);
  });

  test('PK-02: a verifier without a challenge means that somebody took the challenge away', async () => {
    const w = world();
    const client = await w.client();
    const code = await w.code(client, await w.user());
    assertOAuthError(await w.redeem(client, code, { code_verifier: pkcePair().verifier }), 400, 'invalid_grant');
  });

  for (const [type, wish] of [
    ['spa', { type: 'spa' }],
    ['native', { type: 'native' }],
    ['web with its switch on', { requirePkce: true }],
  ] as const) {
    test(`PK-10: a ${type} client can not do without it`, async () => {
      const w = world();
      const client = await w.client(wish);
      const user = await w.user();
      assert.equal((await w.authorize(client, user)).get('error'), 'invalid_request');
      const { challenge, verifier } = pkcePair();
      const code = await w.code(client, user, S256(challenge));
      assertOAuthError(await w.redeem(client, code), 400, 'invalid_grant');
      assert.equal((await w.redeem(client, code, { code_verifier: verifier })).status, 200);
    });
  }

  test('PK-04, PK-05: only S256 with a well-formed challenge is understood', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const { challenge } = pkcePair();
    const asks: Record<string, string>[] = [
      { code_challenge: challenge },
      { code_challenge_method: 'S256' },
      ...['s256', 'S512', ' S256', 'none', 'plain'].map((method) => ({
        code_challenge: challenge,
        code_challenge_method: method,
      })),
      ...[
        'a',
        challenge.slice(1),
        `${challenge}a`,
        'a'.repeat(129),
        `${challenge.slice(1)}+`,
        `${challenge.slice(1)}=`,
      ].map(S256),
    ];
    for (const params of asks) {
      const answer = await w.authorize(client, user, params);
      assert.equal(answer.get('error'), 'invalid_request', JSON.stringify(params));
      assert.equal(answer.get('state'), 'st-1');
    }
  });

  test('PK-07: the challenge itself is no verifier', async () => {
    const w = world();
    const client = await w.client();
    const { challenge } = pkcePair();
    const code = await w.code(client, await w.user(), S256(challenge));
    assertOAuthError(await w.redeem(client, code, { code_verifier: challenge }), 400, 'invalid_grant');
  });

  test('PK-08: the verifier of one code does not open another', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const a = pkcePair();
    const b = pkcePair();
    const codeA = await w.code(client, user, S256(a.challenge));
    const codeB = await w.code(client, user, S256(b.challenge));
    assertOAuthError(await w.redeem(client, codeB, { code_verifier: a.verifier }), 400, 'invalid_grant');
    assert.equal((await w.redeem(client, codeA, { code_verifier: a.verifier })).status, 200);
    assert.equal((await w.redeem(client, codeB, { code_verifier: b.verifier })).status, 200);
  });
});
