import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, mintHandle, SECOND } from '#kernel';
import { actAt, makePair, onBothStorages, type Shelf, tokensOf } from '../support/storage.ts';

type Tokens = Awaited<ReturnType<typeof tokensOf>>;

function rotation({ clock }: Shelf, tokens: Pick<Tokens, 'refresh' | 'client'>, request = '') {
  const now = clock.now();
  return {
    token: tokens.refresh,
    client: tokens.client,
    request,
    scopes: ['PROFILE'] as const,
    access: { handle: mintHandle('access', now), expiresAt: now + HOUR },
    refresh: { handle: mintHandle('refresh', now), expiresAt: now + 24 * HOUR },
    answer: new TextEncoder().encode(`answer ${now}`),
    repeatUntil: now + 10 * SECOND,
  };
}

onBothStorages('A rotating refresh token in the store', (shelf) => {
  const count = (outcomes: readonly { outcome: string }[], name: string): number =>
    outcomes.filter(({ outcome }) => outcome === name).length;

  test('rotated 100 times in parallel has one successor; the same request gets the same answer', async () => {
    const s = shelf();
    const tokens = await tokensOf(s, await makePair(s));
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => s.storage.grants.rotate(actAt(s.clock.now()), rotation(s, tokens))),
    );
    assert.equal(count(outcomes, 'rotated'), 1);
    assert.equal(count(outcomes, 'repeated'), 99);
    const answers = outcomes.flatMap((one) => (one.outcome === 'repeated' ? [Buffer.from(one.answer).toString()] : []));
    assert.equal(new Set(answers).size, 1);
  });

  test('RT-01: rotated 100 times in parallel after its grace has no winner at all, and the family is dead', async () => {
    const s = shelf();
    const tokens = await tokensOf(s, await makePair(s));
    const first = rotation(s, tokens);
    assert.equal((await s.storage.grants.rotate(actAt(s.clock.now()), first)).outcome, 'rotated');
    s.clock.advance(10 * SECOND);
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => s.storage.grants.rotate(actAt(s.clock.now()), rotation(s, tokens))),
    );
    assert.equal(count(outcomes, 'rotated') + count(outcomes, 'repeated'), 0);
    assert.ok(count(outcomes, 'replayed') >= 1);
    assert.equal(await s.storage.grants.introspect('access', first.access.handle, s.clock.now()), null);
    assert.equal(await s.storage.grants.introspect('refresh', first.refresh.handle, s.clock.now()), null);
  });

  test('RT-03: the first of two rotations within one second is known when it comes again', async () => {
    const s = shelf();
    const tokens = await tokensOf(s, await makePair(s));
    const first = rotation(s, tokens);
    await s.storage.grants.rotate(actAt(s.clock.now()), first);
    const second = rotation(s, { client: tokens.client, refresh: first.refresh.handle });
    assert.equal((await s.storage.grants.rotate(actAt(s.clock.now()), second)).outcome, 'rotated');
    // Within the grace, but its successor has been used: no honest client comes back now.
    const again = await s.storage.grants.rotate(actAt(s.clock.now()), rotation(s, tokens));
    assert.equal(again.outcome, 'replayed');
    assert.equal(await s.storage.grants.introspect('refresh', second.refresh.handle, s.clock.now()), null);
  });

  test('another request within the grace is no repeat', async () => {
    const s = shelf();
    const tokens = await tokensOf(s, await makePair(s));
    await s.storage.grants.rotate(actAt(s.clock.now()), rotation(s, tokens));
    const other = await s.storage.grants.rotate(actAt(s.clock.now()), rotation(s, tokens, 'DEVICE'));
    assert.equal(other.outcome, 'replayed');
  });

  test('RT-04: rotated and revoked at once leaves nothing alive, whoever comes first', async () => {
    const s = shelf();
    for (let round = 0; round < 20; round++) {
      const tokens = await tokensOf(s, await makePair(s));
      const next = rotation(s, tokens);
      await Promise.all([
        s.storage.grants.rotate(actAt(s.clock.now()), next),
        s.storage.grants.endByToken(actAt(s.clock.now()), {
          kind: 'refresh',
          handle: tokens.refresh,
          client: tokens.client,
          why: 'tests',
        }),
      ]);
      const now = s.clock.now();
      assert.equal(await s.storage.grants.introspect('access', tokens.access, now), null);
      assert.equal(await s.storage.grants.introspect('access', next.access.handle, now), null);
      assert.equal(await s.storage.grants.introspect('refresh', next.refresh.handle, now), null);
    }
  });

  test('its stored answer is erased when the grace is over', async () => {
    const s = shelf();
    const tokens = await tokensOf(s, await makePair(s));
    await s.storage.grants.rotate(actAt(s.clock.now()), rotation(s, tokens));
    await s.storage.grants.sweep(s.clock.now() + 9 * SECOND, 500);
    assert.equal(
      (await s.storage.grants.rotate(actAt(s.clock.now() + 9 * SECOND), rotation(s, tokens))).outcome,
      'repeated',
    );
    await s.storage.grants.sweep(s.clock.now() + 10 * SECOND, 500);
    // Asked as if it were still in time: there is nothing left to answer with.
    const early = await s.storage.grants.rotate(actAt(s.clock.now() + 9 * SECOND), rotation(s, tokens));
    assert.equal(early.outcome, 'replayed');
  });
});
