import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HEALTH_KINDS, type HealthKind } from '#consent';
import { HOUR } from '#kernel';
import type { Storage } from '#storage';
import { actAt, consent, makePair, onBothStorages, type Pair, type Shelf, tokensOf } from '../support/storage.ts';

/** A pair whose HEALTH covers these kinds, and ends. */
async function healthPair(s: Shelf, kinds: readonly HealthKind[], expiresAt: number | null = null): Promise<Pair> {
  const pair = await makePair(s, ['PROFILE', 'HEALTH']);
  await consent(s, { ...pair, scopes: ['HEALTH'] }, expiresAt, kinds);
  return pair;
}

const item = async (storage: Storage, { user, client }: Pair) =>
  (await storage.consents.items(user, client)).find(({ scope }) => scope === 'HEALTH');

const events = async (storage: Storage, { user, client }: Pair, action: string) =>
  (await storage.connections.events(user, { client, before: null, most: 100 })).filter((one) => one.action === action);

onBothStorages('Taking consent back', (shelf) => {
  test('of 20 parallel calls one is done, on two processes, and is recorded once', async () => {
    const s = shelf();
    const elsewhere = s.database.dialect === 'postgres' ? await s.database.open() : s.storage;
    const pair = await makePair(s);
    const act = actAt(s.clock.now());
    const calls = Array.from({ length: 20 }, (_, at) =>
      (at % 2 === 0 ? s.storage : elsewhere).consents.withdraw(act, pair.user, pair.client, null),
    );
    const outcomes = await Promise.all(calls);
    assert.equal(outcomes.filter((outcome) => outcome === 'withdrawn').length, 1);
    assert.equal((await events(s.storage, pair, 'WITHDRAW')).length, 2, 'one for each scope');
    const rows = await s.storage.audit.list({ subject: pair.user, action: 'consent.withdrawn', limit: 9 });
    assert.deepEqual(
      rows.map(({ reason }) => reason),
      ['everything'],
    );
  });

  test('eight kinds taken back at once leave nothing, and each is named by one event', async () => {
    const s = shelf();
    const pair = await healthPair(s, HEALTH_KINDS);
    const act = actAt(s.clock.now());
    await Promise.all(
      HEALTH_KINDS.map((kind) => s.storage.consents.withdrawKinds(act, pair.user, pair.client, [kind])),
    );
    assert.equal((await item(s.storage, pair))?.state, 'WITHDRAWN');
    const gone = (await events(s.storage, pair, 'WITHDRAW')).flatMap(({ kinds }) => kinds);
    assert.deepEqual(gone.toSorted(), HEALTH_KINDS.toSorted());
    assert.equal(await s.storage.consents.withdrawKinds(act, pair.user, pair.client, ['TEMP']), 'nothing');
  });

  test('of a kind that was not given, or of somebody who never connected, is nothing and leaves no trace', async () => {
    const s = shelf();
    const pair = await healthPair(s, ['TEMP']);
    const stranger = await makePair(s);
    const act = actAt(s.clock.now());
    assert.equal(await s.storage.consents.withdrawKinds(act, pair.user, pair.client, ['GLUCOSE']), 'nothing');
    assert.equal(await s.storage.consents.withdraw(act, pair.user, pair.client, ['DRIVE']), 'nothing');
    assert.equal(await s.storage.consents.withdraw(act, pair.user, stranger.client, null), 'nothing');
    assert.deepEqual(await s.storage.audit.list({ subject: pair.user, action: 'consent.withdrawn', limit: 9 }), []);
    assert.equal(await s.storage.connections.find(pair.user, stranger.client, act.at), null);
  });

  test('the last scope taken back ends the grants, and giving it anew revives none', async () => {
    const s = shelf();
    const pair = await makePair(s, ['PROFILE', 'DEVICE']);
    const tokens = await tokensOf(s, pair);
    const live = () => s.storage.grants.introspect('access', tokens.access, s.clock.now());
    const act = actAt(s.clock.now());
    await s.storage.consents.withdraw(act, pair.user, pair.client, ['DEVICE']);
    assert.deepEqual((await live())?.grant.scopes, ['PROFILE']);
    await s.storage.consents.withdraw(act, pair.user, pair.client, ['PROFILE']);
    assert.equal(await live(), null);
    await consent(s, pair);
    assert.equal(await live(), null);
  });
});

onBothStorages('Expiry of consent', (shelf) => {
  test('is recorded once, in steps, by however many processes; what else is held stays', async () => {
    const s = shelf();
    const elsewhere = s.database.dialect === 'postgres' ? await s.database.open() : s.storage;
    const end = s.clock.now() + HOUR;
    const pairs = [];
    for (let at = 0; at < 7; at++) pairs.push(await healthPair(s, ['TEMP'], end));
    const act = actAt(end);
    assert.equal(await s.storage.consents.expire(actAt(end - 1), 5), 0);
    assert.equal(await s.storage.consents.expire(act, 2), 2, 'no more than was asked for');
    await Promise.all([
      s.storage.consents.expire(act, 5),
      elsewhere.consents.expire(act, 5),
      elsewhere.consents.expire(act, 5),
    ]);
    assert.equal(await s.storage.consents.expire(act, 5), 0);
    for (const pair of pairs) {
      assert.equal((await item(s.storage, pair))?.state, 'EXPIRED');
      const [event, ...more] = await events(s.storage, pair, 'EXPIRE');
      assert.deepEqual([event?.kinds, event?.expiresAt, more], [['TEMP'], end, []]);
      const held = (await s.storage.connections.find(pair.user, pair.client, end))?.held ?? [];
      assert.deepEqual(
        held.map(({ scope }) => scope),
        ['PROFILE'],
      );
      const rows = await s.storage.audit.list({ subject: pair.user, action: 'consent.expired', limit: 9 });
      assert.equal(rows.length, 1);
    }
  });

  test('leaves alone what was given anew meanwhile', async () => {
    const s = shelf();
    const end = s.clock.now() + HOUR;
    const pair = await healthPair(s, ['TEMP'], end);
    await consent(s, { ...pair, scopes: ['HEALTH'] }, end + HOUR, ['TEMP', 'GLUCOSE']);
    assert.equal(await s.storage.consents.expire(actAt(end), 5), 0);
    assert.equal((await item(s.storage, pair))?.state, 'GIVEN');
  });

  test('of the last that was held ends the grants: giving it anew revives none', async () => {
    const s = shelf();
    const end = s.clock.now() + HOUR / 2;
    const pair = await makePair(s, ['HEALTH']);
    await consent(s, pair, end, ['TEMP']);
    const tokens = await tokensOf(s, pair);
    await s.storage.consents.expire(actAt(end), 5);
    await consent(s, pair, end + HOUR, ['TEMP']);
    assert.equal(await s.storage.grants.introspect('access', tokens.access, end), null);
  });
});
