import assert from 'node:assert/strict';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { openStorage, StorageError } from '#storage';
import { makePair, makeUser, newTestDatabase, onBothStorages, tokensOf } from '../support/storage.ts';

onBothStorages('The audit log', (shelf) => {
  test('WB-13: a changed row and a removed row are named, and all others stay whole', async () => {
    const s = shelf();
    for (let i = 0; i < 5; i++) await makeUser(s);
    assert.ok((await s.storage.audit.verify()).unsealed >= 5);
    while ((await s.storage.audit.sealPending(s.clock.now())) > 0);
    const whole = await s.storage.audit.verify();
    assert.deepEqual({ unsealed: whole.unsealed, broken: whole.broken }, { unsealed: 0, broken: [] });

    const [newest, , third, fourth] = await s.storage.audit.list({ limit: 5 });
    await s.database.exec(`update audit_event set reason = 'nothing happened' where id = '${third?.id}'`);
    await s.database.exec(`delete from audit_event where id = '${fourth?.id}'`);
    const report = await s.storage.audit.verify();
    // The row after the removed one no longer follows from what stands before it.
    assert.deepEqual(new Set(report.broken), new Set([`missing:${fourth?.sequence}`, third?.id]));

    await s.database.exec(`delete from audit_event where id = '${newest?.id}'`);
    assert.ok((await s.storage.audit.verify()).broken.includes(`missing:${newest?.sequence}`));
  });

  test('is sealed by one of several processes at a time, without a gap', async () => {
    const s = shelf();
    const elsewhere = await s.database.open();
    const before = (await s.storage.audit.verify()).sealed;
    await Promise.all(Array.from({ length: 30 }, () => makeUser(s)));
    await Promise.all([s.storage, elsewhere, s.storage, elsewhere].map((one) => one.audit.sealPending(s.clock.now())));
    const report = await elsewhere.audit.verify();
    assert.equal(report.unsealed, 0);
    assert.equal(report.sealed, before + 30);
    await elsewhere.close();
  });

  test('a person can be forgotten without breaking the chain', async () => {
    const s = shelf();
    const user = await makeUser(s);
    while ((await s.storage.audit.sealPending(s.clock.now())) > 0);
    const broken = (await s.storage.audit.verify()).broken;
    assert.equal((await s.storage.audit.list({ subject: user, limit: 5 })).length, 1);
    await s.database.exec(`delete from audit_subject where user_id = '${user}'`);
    assert.deepEqual(await s.storage.audit.list({ subject: user, limit: 5 }), []);
    assert.deepEqual((await s.storage.audit.verify()).broken, broken);
  });

  test('holds the five things that an access record must hold', async () => {
    const s = shelf();
    const user = await makeUser(s);
    const act = {
      at: s.clock.now(),
      actor: { kind: 'user' as const, id: user, ip: '192.0.2.7', userAgent: 'ua', requestId: 'r1' },
    };
    await s.storage.audit.append(act, {
      action: 'login.failed',
      outcome: 'refused',
      subject: user,
      reason: 'wrong credentials',
    });
    const [row] = await s.storage.audit.list({ subject: user, action: 'login.failed', limit: 1 });
    assert.equal(row?.actor.id, user);
    assert.equal(row?.actor.ip, '192.0.2.7');
    assert.equal(row?.subject, user);
    assert.equal(row?.at, s.clock.now());
    assert.equal(row?.action, 'login.failed');
  });
});

describe('A backup of the SQLite database', () => {
  test('is a private file in which everybody is logged out and no token lives; the original is untouched', async () => {
    const database = await newTestDatabase('sqlite');
    const storage = await database.open();
    await storage.migrate();
    const s = { database, storage, clock: database.clock };
    const pair = await makePair(s);
    const tokens = await tokensOf(s, pair);
    const file = join(database.folder, 'copy.db');
    await storage.backup(file);
    assert.equal(statSync(file).mode & 0o777, 0o600);
    assert.equal(existsSync(`${file}-wal`), false);
    assert.ok(await storage.grants.introspect('access', tokens.access, s.clock.now()));

    const restored = await openStorage({ databaseUrl: null, file, poolSize: 1, clock: s.clock });
    await restored.wake();
    assert.equal(await restored.grants.introspect('access', tokens.access, s.clock.now()), null);
    assert.equal(await restored.grants.introspect('refresh', tokens.refresh, s.clock.now()), null);
    assert.equal((await restored.consents.items(pair.user, pair.client)).length, 2);
    const [row] = await restored.audit.list({ action: 'instance.restored', limit: 5 });
    assert.ok(row);
    await restored.close();

    // Opened a second time it is a database like any other: nothing ends again.
    const again = await openStorage({ databaseUrl: null, file, poolSize: 1, clock: s.clock });
    await again.migrate();
    assert.equal((await again.audit.list({ action: 'instance.restored', limit: 5 })).length, 1);
    await again.close();
    await database.remove();
  });

  test('never overwrites a file', async () => {
    const database = await newTestDatabase('sqlite');
    const storage = await database.open();
    await storage.migrate();
    const file = join(database.folder, 'copy.db');
    await storage.backup(file);
    await assert.rejects(storage.backup(file), StorageError);
    await database.remove();
  });
});
