import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE } from '#kernel';
import type { Storage } from '#storage';
import { actAt, consent, makePair, onBothStorages, type Pair, type Shelf, tokensOf } from '../support/storage.ts';

/** Everything that ends a grant, by its name. Each is done on one Storage and seen on another, as on another process. */
const ENDINGS: Readonly<
  Record<string, (s: Shelf, pair: Pair, tokens: Awaited<ReturnType<typeof tokensOf>>) => Promise<unknown>>
> = {
  'its client revokes it': (s, pair, tokens) =>
    s.storage.grants.endByToken(actAt(s.clock.now()), {
      kind: 'access',
      handle: tokens.access,
      client: pair.client,
      why: 'tests',
    }),
  'its user withdraws everything': (s, pair) =>
    s.storage.consents.withdraw(actAt(s.clock.now()), pair.user, pair.client, null),
  'its user is suspended': (s, pair) => s.storage.users.setStatus(actAt(s.clock.now()), pair.user, 'SUSPENDED'),
  'its user changes the password everywhere': (s, pair) =>
    s.storage.users.changePassword(actAt(s.clock.now()), {
      user: pair.user,
      oldHash: 'old-hash',
      newHash: 'new-hash',
      keepSession: null,
      everywhere: true,
    }),
  'its client is suspended': (s, pair) => decide(s, pair, 'suspend'),
  'the database is restored from a copy': (s) => s.storage.instance.raiseEpoch(actAt(s.clock.now())),
};

const decide = (s: Shelf, pair: Pair, action: 'suspend' | 'reinstate') =>
  s.storage.clients.suspend(actAt(s.clock.now()), { client: pair.client, action, decidedBy: null, reason: 'tests' });

const lives = async (
  storage: Storage,
  tokens: Awaited<ReturnType<typeof tokensOf>>,
  now: number,
): Promise<boolean[]> => [
  (await storage.grants.introspect('access', tokens.access, now)) !== null,
  (await storage.grants.introspect('refresh', tokens.refresh, now)) !== null,
  (await storage.profiles.readByToken(tokens.access, now)) !== null,
];

onBothStorages('A grant', (shelf) => {
  for (const [name, end] of Object.entries(ENDINGS)) {
    test(`is dead for every process at once when ${name}`, async () => {
      const s = shelf();
      const elsewhere = await s.database.open();
      const pair = await makePair(s);
      const tokens = await tokensOf(s, pair);
      assert.deepEqual(await lives(elsewhere, tokens, s.clock.now()), [true, true, true]);
      await end(s, pair, tokens);
      assert.deepEqual(await lives(elsewhere, tokens, s.clock.now()), [false, false, false]);
      assert.deepEqual(await lives(s.storage, tokens, s.clock.now()), [false, false, false]);
      await elsewhere.close();
    });
  }

  test('stays dead when the client or the user is reinstated', async () => {
    const s = shelf();
    const pair = await makePair(s);
    const tokens = await tokensOf(s, pair);
    await decide(s, pair, 'suspend');
    await decide(s, pair, 'reinstate');
    assert.deepEqual(await lives(s.storage, tokens, s.clock.now()), [false, false, false]);
    const again = await tokensOf(s, pair);
    assert.deepEqual(await lives(s.storage, again, s.clock.now()), [true, true, true]);
    await s.storage.users.setStatus(actAt(s.clock.now()), pair.user, 'SUSPENDED');
    await s.storage.users.setStatus(actAt(s.clock.now()), pair.user, 'ACTIVE');
    assert.deepEqual(await lives(s.storage, again, s.clock.now()), [false, false, false]);
  });

  test('keeps the scopes that remain when a part is withdrawn, and gets none back by itself', async () => {
    const s = shelf();
    const pair = await makePair(s, ['PROFILE', 'DEVICE']);
    const tokens = await tokensOf(s, pair);
    await s.storage.consents.withdraw(actAt(s.clock.now()), pair.user, pair.client, ['DEVICE']);
    const found = await s.storage.grants.introspect('access', tokens.access, s.clock.now());
    assert.deepEqual(found?.grant.scopes, ['PROFILE']);
  });

  test('loses a scope whose consent has expired, without any job having run', async () => {
    const s = shelf();
    const pair = await makePair(s, ['PROFILE']);
    const wide = { ...pair, scopes: ['PROFILE'] as const };
    await consent(s, wide, s.clock.now() + 10 * MINUTE);
    const tokens = await tokensOf(s, wide);
    const scopes = async (at: number) => (await s.storage.grants.introspect('access', tokens.access, at))?.grant.scopes;
    assert.deepEqual(await scopes(s.clock.now() + 10 * MINUTE - 1), ['PROFILE']);
    assert.deepEqual(await scopes(s.clock.now() + 10 * MINUTE), []);
  });

  test('and its tokens are over at their end, to the millisecond', async () => {
    const s = shelf();
    const tokens = await tokensOf(s, await makePair(s));
    assert.deepEqual(await lives(s.storage, tokens, s.clock.now() + HOUR - 1), [true, true, true]);
    assert.deepEqual(await lives(s.storage, tokens, s.clock.now() + HOUR), [false, true, false]);
    assert.deepEqual(await lives(s.storage, tokens, s.clock.now() + DAY), [false, false, false]);
  });

  test('RT-07: another client ends nothing by somebody else’s token', async () => {
    const s = shelf();
    const tokens = await tokensOf(s, await makePair(s));
    const other = await makePair(s);
    const outcome = await s.storage.grants.endByToken(actAt(s.clock.now()), {
      kind: 'access',
      handle: tokens.access,
      client: other.client,
      why: 'tests',
    });
    assert.equal(outcome, 'not-yours');
    assert.deepEqual(await lives(s.storage, tokens, s.clock.now()), [true, true, true]);
  });

  test('is swept away long after its end, in steps, and never before', async () => {
    const s = shelf();
    const tokens = await tokensOf(s, await makePair(s));
    while ((await s.storage.grants.sweep(s.clock.now() + HOUR - 1, 3)) >= 3);
    assert.deepEqual(await lives(s.storage, tokens, s.clock.now()), [true, true, true]);
    while ((await s.storage.grants.sweep(s.clock.now() + 60 * DAY, 3)) >= 3);
    assert.deepEqual(await lives(s.storage, tokens, s.clock.now()), [false, false, false]);
    const look = await s.storage.grants.lookRefresh(tokens.refresh, tokens.client, s.clock.now());
    assert.deepEqual(look, { found: false });
  });
});
