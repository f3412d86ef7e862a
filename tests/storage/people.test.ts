import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, MINUTE, mintHandle, newUserMuid, SECOND } from '#kernel';
import type { Storage } from '#storage';
import { actAt, makeUser, onBothStorages, type Shelf } from '../support/storage.ts';

const newUser = (loginId: string, roles: readonly ('user' | 'operator')[] = ['user']) => ({
  id: newUserMuid(),
  loginId,
  loginIdFolded: loginId,
  name: '김하늘',
  email: `${loginId}@example.com`,
  emailFolded: `${loginId}@example.com`,
  gender: 'UNKNOWN' as const,
  birthday: null,
  passwordHash: 'hash',
  roles,
  agreements: [],
});

const RULE = {
  key: { kind: 'login-account' as const, value: 'somebody' },
  free: 5,
  windowMs: 15 * MINUTE,
  blockMs: 30 * SECOND,
  maxBlockMs: 15 * MINUTE,
};

onBothStorages('People in the store', (shelf) => {
  test('a login id goes to one of 20 who want it at once', async () => {
    const s = shelf();
    const act = actAt(s.clock.now());
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => s.storage.users.create(act, newUser('wanted'))),
    );
    assert.equal(outcomes.filter((outcome) => outcome === 'created').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'taken').length, 19);
  });

  test('the first operator is one of 10 who claim with 10 links at once; then every link is dead', async () => {
    const s = shelf();
    const now = s.clock.now();
    assert.equal(await s.storage.users.needsOperator(), true);
    const links = Array.from({ length: 10 }, () => mintHandle('setup', now));
    for (const link of links) await s.storage.users.offerOperatorLink(link, now, now + HOUR);
    const outcomes = await Promise.all(
      links.map((link, i) =>
        s.storage.users.claimOperator(actAt(now), link, newUser(`claims${i}`, ['user', 'operator'] as const)),
      ),
    );
    assert.equal(outcomes.filter((outcome) => outcome === 'created').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'link-dead').length, 9);
    assert.equal(await s.storage.users.needsOperator(), false);
    const another = mintHandle('setup', now);
    await s.storage.users.offerOperatorLink(another, now, now + HOUR);
    assert.equal(await s.storage.users.operatorLinkLives(another, now), false);
  });

  test('a password is changed by one of two who change it at once', async () => {
    const s = shelf();
    const user = await makeUser(s);
    const change = (newHash: string) =>
      s.storage.users.changePassword(actAt(s.clock.now()), {
        user,
        oldHash: 'old-hash',
        newHash,
        keepSession: null,
        everywhere: false,
      });
    assert.deepEqual((await Promise.all([change('a'), change('b')])).toSorted(), ['changed', 'lost-race']);
  });

  test('changing the password everywhere keeps the session it was changed in, and no other', async () => {
    const s = shelf();
    const user = await makeUser(s);
    const [mine, other] = [await login(s, user), await login(s, user)];
    await s.storage.users.changePassword(actAt(s.clock.now()), {
      user,
      oldHash: 'old-hash',
      newHash: 'new',
      keepSession: mine,
      everywhere: true,
    });
    assert.ok(await s.storage.sessions.live(mine, s.clock.now(), HOUR));
    assert.equal(await s.storage.sessions.live(other, s.clock.now(), HOUR), null);
  });

  test('a session is over when idle too long, at its end, and when the user is suspended', async () => {
    const s = shelf();
    const user = await makeUser(s);
    const session = await login(s, user);
    const now = s.clock.now();
    const live = async (at: number) => (await s.storage.sessions.live(session, at, 30 * MINUTE)) !== null;
    assert.equal(await live(now + 30 * MINUTE - 1), true);
    assert.equal(await live(now + 30 * MINUTE), false);
    await s.storage.sessions.touch(
      (await s.storage.sessions.live(session, now, HOUR))?.lookupId ?? '',
      now + 20 * MINUTE,
    );
    assert.equal(await live(now + 49 * MINUTE), true);
    assert.equal((await s.storage.sessions.live(session, now + DAY, 100 * DAY)) === null, true);
    await s.storage.users.setStatus(actAt(now), user, 'SUSPENDED');
    assert.equal(await live(now), false);
  });

  test('of very many logins the newest 50 stay', async () => {
    const s = shelf();
    const user = await makeUser(s);
    const sessions: Awaited<ReturnType<typeof login>>[] = [];
    for (let i = 0; i < 55; i++) {
      s.clock.advance(1);
      sessions.push(await login(s, user));
    }
    const alive = await Promise.all(sessions.map((one) => s.storage.sessions.live(one, s.clock.now(), HOUR)));
    assert.deepEqual(
      alive.map((one) => one !== null),
      sessions.map((_, i) => i >= 5),
    );
  });

  test('AC-04: a burst of 100 guesses, on two processes, is counted in full: five are free', async () => {
    const s = shelf();
    const elsewhere = await s.database.open();
    const guess = (storage: Storage) => storage.backoff.take([RULE], s.clock.now());
    const turns = await Promise.all(Array.from({ length: 100 }, (_, i) => guess(i % 2 === 0 ? s.storage : elsewhere)));
    assert.equal(turns.filter((turn) => turn.allowed).length, 5);
    const blocked = turns.find((turn) => !turn.allowed);
    assert.equal(blocked?.allowed === false ? blocked.retryAt : 0, s.clock.now() + 30 * SECOND);
    await elsewhere.close();
  });

  test('the block doubles with each further try, up to its longest, and the window starts anew after it', async () => {
    const s = shelf();
    const rule = { ...RULE, key: { ...RULE.key, value: 'slow guesser' } };
    for (let i = 0; i < 5; i++) assert.equal((await s.storage.backoff.take([rule], s.clock.now())).allowed, true);
    const waits: number[] = [];
    for (let i = 0; i < 8; i++) {
      const turn = await s.storage.backoff.take([rule], s.clock.now());
      assert.equal(turn.allowed, false);
      waits.push(turn.allowed ? 0 : (turn.retryAt - s.clock.now()) / SECOND);
      s.clock.set(turn.allowed ? 0 : turn.retryAt);
      assert.equal((await s.storage.backoff.take([rule], s.clock.now())).allowed, true);
    }
    assert.deepEqual(waits, [30, 60, 120, 240, 480, 900, 900, 900]);
    s.clock.advance(15 * MINUTE + rule.maxBlockMs);
    for (let i = 0; i < 5; i++) assert.equal((await s.storage.backoff.take([rule], s.clock.now())).allowed, true);
    await s.storage.backoff.forgive([rule.key]);
    assert.equal((await s.storage.backoff.take([rule], s.clock.now())).allowed, true);
  });

  test('where one of several rules is blocked, nothing is counted under the others', async () => {
    const s = shelf();
    const tight = { ...RULE, free: 1, key: { ...RULE.key, value: 'tight' } };
    const loose = { ...RULE, free: 3, key: { kind: 'login-address' as const, value: 'loose' } };
    assert.equal((await s.storage.backoff.take([tight, loose], s.clock.now())).allowed, true);
    for (let i = 0; i < 5; i++) {
      assert.equal((await s.storage.backoff.take([loose, tight], s.clock.now())).allowed, false);
    }
    assert.equal((await s.storage.backoff.take([loose], s.clock.now())).allowed, true);
    await s.storage.backoff.giveBack([loose.key]);
    assert.equal((await s.storage.backoff.take([loose], s.clock.now())).allowed, true);
  });
});

async function login({ storage, clock }: Shelf, user: Awaited<ReturnType<typeof makeUser>>) {
  const handle = mintHandle('session', clock.now());
  const expiresAt = clock.now() + 12 * HOUR;
  const session = {
    handle: { lookupId: handle.lookupId, digest: handle.digest },
    user,
    expiresAt,
    replaces: null,
    forgive: [],
  };
  assert.equal(await storage.sessions.start(actAt(clock.now()), session), 'started');
  return handle;
}
