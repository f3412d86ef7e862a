import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createPasswordHasher, orOverloaded, TooBusy } from '../../src/identity/password-hash.ts';
import { PageError } from '#kernel';

describe('Password hashes', () => {
  test('are argon2id with 19 MiB and two passes, and fit their password alone', async () => {
    const hasher = createPasswordHasher({ atOnce: 2, queue: 10 });
    const stored = await hasher.hash('bom-gwa-yeoreum-47');
    assert.match(stored, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    assert.equal(await hasher.verify(stored, 'bom-gwa-yeoreum-47'), true);
    assert.equal(await hasher.verify(stored, 'bom-gwa-yeoreum-48'), false);
    assert.equal(hasher.isCurrent(stored), true);
    assert.equal(hasher.isCurrent('$argon2id$v=19$m=4096,t=1,p=1$c2FsdHNhbHQ$aGFzaA'), false);
  });

  test('AC-01: nobody’s hash is worked on like anybody’s, and fits nothing', async () => {
    const hasher = createPasswordHasher({ atOnce: 1, queue: 0 });
    const stored = await hasher.hash('bom-gwa-yeoreum-47');
    const time = async (hash: string | null) => {
      const began = performance.now();
      assert.equal(await hasher.verify(hash, 'another-password'), false);
      return performance.now() - began;
    };
    // The quickest of several, by turns: what else the machine was doing is not measured.
    let [known, unknown] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    for (let round = 0; round < 12; round++) {
      known = Math.min(known, await time(stored));
      unknown = Math.min(unknown, await time(null));
    }
    assert.ok(unknown > known * 0.5 && unknown < known * 2, `${known} ms, ${unknown} ms`);
  });

  test('beyond the queue are refused at once, in page form 429, and nothing is lost', async () => {
    const hasher = createPasswordHasher({ atOnce: 1, queue: 2 });
    const all = await Promise.allSettled(Array.from({ length: 5 }, () => hasher.hash('bom-gwa-yeoreum-47')));
    assert.equal(all.filter((one) => one.status === 'fulfilled').length, 3);
    for (const one of all) if (one.status === 'rejected') assert.ok(one.reason instanceof TooBusy);
    assert.ok(await hasher.hash('bom-gwa-yeoreum-47'), 'places are given back');
    await assert.rejects(
      orOverloaded(Promise.reject(new TooBusy())),
      (error) => error instanceof PageError && error.status === 429,
    );
  });
});
