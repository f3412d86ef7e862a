import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newClientId } from '#kernel';
import { actAt, issueCode, makePair, onBothStorages, redemption, startTransaction } from '../support/storage.ts';

onBothStorages('A code in the store', (shelf) => {
  test('CO-02: redeemed 100 times in parallel has one winner, and everybody else a refusal', async () => {
    const s = shelf();
    const pair = await makePair(s);
    const { handle } = await issueCode(s, pair);
    const asked = Array.from({ length: 100 }, () => redemption(s, pair, handle));
    const act = actAt(s.clock.now());
    const outcomes = await Promise.all(asked.map((one) => s.storage.codes.redeemAndIssue(act, one)));
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'redeemed').length, 1);
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'replayed').length, 99);
    // RFC 6749 §4.1.2: the replay ended what the winner got.
    for (const { access } of asked) {
      assert.equal(await s.storage.grants.introspect('access', access.handle, s.clock.now()), null);
    }
  });

  test('is neither burned nor taken for a replay by another client or another redirect URI', async () => {
    const s = shelf();
    const pair = await makePair(s);
    const { handle } = await issueCode(s, pair);
    const act = actAt(s.clock.now());
    const mine = redemption(s, pair, handle);
    const other = await s.storage.codes.redeemAndIssue(act, { ...redemption(s, pair, handle), client: newClientId() });
    assert.equal(other.outcome, 'not-yours');
    const elsewhere = { ...redemption(s, pair, handle), redirectUri: 'https://app.example.com/other' };
    assert.equal((await s.storage.codes.redeemAndIssue(act, elsewhere)).outcome, 'unknown');
    assert.equal((await s.storage.codes.redeemAndIssue(act, mine)).outcome, 'redeemed');
  });

  test('is over at its end, to the millisecond', async () => {
    const s = shelf();
    const pair = await makePair(s);
    const { handle } = await issueCode(s, pair);
    const end = s.clock.now() + 60_000;
    const late = await s.storage.codes.redeemAndIssue(actAt(end), redemption(s, pair, handle));
    assert.equal(late.outcome, 'expired');
    const just = await s.storage.codes.redeemAndIssue(actAt(end - 1), redemption(s, pair, handle));
    assert.equal(just.outcome, 'redeemed');
  });

  test('is found by its whole value only, not by its lookup id', async () => {
    const s = shelf();
    const pair = await makePair(s);
    const { handle } = await issueCode(s, pair);
    const forged = { ...handle, digest: new Uint8Array(32) };
    assert.deepEqual(await s.storage.codes.look(forged), { found: false });
    const act = actAt(s.clock.now());
    assert.equal((await s.storage.codes.redeemAndIssue(act, redemption(s, pair, forged))).outcome, 'unknown');
  });

  test('is issued only within what the user has consented to', async () => {
    const s = shelf();
    const pair = await makePair(s, ['PROFILE']);
    assert.equal((await issueCode(s, pair, { scopes: ['PROFILE', 'HEALTH'] })).issued, 'not-consented');
  });

  test('CO-14: one ticket gives one code, however often it is used at once', async () => {
    const s = shelf();
    const pair = await makePair(s);
    const ticket = await startTransaction(s, pair.client, pair.scopes);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, async () => (await issueCode(s, pair, {}, ticket)).issued),
    );
    assert.equal(outcomes.filter((outcome) => outcome === 'issued').length, 1);
    assert.equal(outcomes.filter((outcome) => outcome === 'already-done').length, 19);
  });

  test('that was issued before the consent was withdrawn gives nothing', async () => {
    const s = shelf();
    const pair = await makePair(s);
    const { handle } = await issueCode(s, pair);
    const act = actAt(s.clock.now());
    await s.storage.consents.withdraw(act, pair.user, pair.client, null);
    assert.equal((await s.storage.codes.redeemAndIssue(act, redemption(s, pair, handle))).outcome, 'withdrawn');
  });
});
