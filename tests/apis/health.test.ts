import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from 'typebox/value';
import { HealthPage } from '#contracts';
import { DAY, HOUR, SECOND } from '#kernel';
import { call, makeDevice, makeProduct, post, tokenFor } from '../support/devices.ts';
import { allow, healthOf, readHealth, readShared, share, tokenOfKinds } from '../support/health.ts';
import { onBoth } from '../support/suite.ts';
import type { Json, TestUser, World } from '../support/world.ts';

const BP = 'obxRootRefId=BLOOD_PRESSURE';
const EVER = `${BP}&dateStart=2000-01-01T00:00:00&dateEnd=2999-12-31T23:59:59`;

/** Somebody with a device, and a way to measure. */
async function patient(w: World) {
  const user = await w.user();
  const device = await makeDevice(w, await makeProduct(w));
  await w.app.storage.ownDevices.add(w.app.act(), user.muid, {
    device: device.muid,
    id: `holding-${device.muid.slice(0, 17)}`,
    nickname: null,
  });
  const measure = async (values: object) => {
    const answer = await post(w, device.muid, device.secret, 'bloodpressure', values);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
  };
  return { user, device, measure };
}

const ledgerOf = (w: World, user: TestUser, limit = 100) =>
  w.app.storage.ledger.of(user.muid, { root: null, client: null, from: 0, to: 1e15, before: null, limit });

function assertError(answer: Json, status: number, error: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body['error'], error);
  assert.equal(answer.body['errCode'], true);
}

onBoth('/v1/health', (world) => {
  test('answers in the form of the contract, newest first, ten unless more is asked for', async () => {
    const w = world();
    const { user, device, measure } = await patient(w);
    const { token } = await tokenFor(w, user, ['HEALTH']);
    for (let i = 0; i < 12; i++) {
      w.app.clock.advance(SECOND);
      await measure({ systolic: 110 + i, diastolic: 70, map: 83, pulse: 60 });
    }
    const answer = await readHealth(w, token, BP);
    assert.ok(Value.Check(HealthPage, answer.body), JSON.stringify(answer.body));
    const { items, ...page } = healthOf(answer);
    assert.deepEqual(page, { offset: 0, limit: 10, total: 12 });
    assert.equal(items.length, 10);
    const at = new Date(w.app.clock.now()).toISOString();
    assert.deepEqual(items[0], {
      obxRootRefId: 'BLOOD_PRESSURE',
      deviceMuid: device.muid,
      field: 'bloodpressure',
      measuredAt: at,
      receivedAt: at,
      values: {
        systolic: { value: 121, unit: 'mmHg', mdc: 150021 },
        diastolic: { value: 70, unit: 'mmHg', mdc: 150022 },
        map: { value: 83, unit: 'mmHg', mdc: 150023 },
        pulse: { value: 60, unit: 'beats/min', mdc: 149546 },
      },
    });
    const rest = healthOf(await readHealth(w, token, `${BP}&offset=10&limit=1000`));
    assert.deepEqual(
      rest.items.map(({ values }) => values['systolic']?.value),
      [111, 110],
    );
    assert.equal(rest.total, 12);
    assert.deepEqual(healthOf(await readHealth(w, token, `${BP}&offset=12`)).items, []);
  });

  test('means today in Korea, and takes both ends of a range in', async () => {
    const w = world();
    const { user, measure } = await patient(w);
    const { token } = await tokenFor(w, user, ['HEALTH']);
    const times = ['2026-03-01T23:59:59', '2026-03-02T00:00:00', '2026-03-02T15:00:00'];
    for (const [i, taken_at] of times.entries()) await measure({ systolic: 111 + i, taken_at });
    const seen = async (query: string) =>
      healthOf(await readHealth(w, token, `${BP}${query}`)).items.map(({ values }) => values['systolic']?.value);
    assert.deepEqual(await seen(''), [113, 112]);
    assert.deepEqual(await seen('&dateStart=2026-03-01T23:59:59'), [113, 112, 111]);
    assert.deepEqual(await seen('&dateStart=2026-03-01T00:00:00&dateEnd=2026-03-01T23:59:59'), [111]);
    assert.deepEqual(await seen('&dateStart=2026-03-02T00:00:00&dateEnd=2026-03-02T00:00:00'), [112]);
    assert.deepEqual(await seen('&dateStart=2026-03-02T00:00:01&dateEnd=2026-03-02T14:59:59'), []);
    assert.deepEqual(await seen('&dateStart=1900-01-01T00:00:00&dateEnd=9999-12-31T23:59:59'), [113, 112, 111]);
  });

  test('RS-17: what is no range, no kind and no page is 400', async () => {
    const w = world();
    const { token } = await tokenFor(w, await w.user(), ['HEALTH']);
    for (const query of [
      '',
      'obxRootRefId=blood_pressure',
      'obxRootRefId=SCALE_',
      'obxRootRefId=%25',
      `${BP}&dateStart=2026-03-02T00:00:01&dateEnd=2026-03-02T00:00:00`,
      `${BP}&dateStart=2026-02-30T00:00:00`,
      `${BP}&dateStart=0000-00-00T00:00:00`,
      `${BP}&dateStart=2026-03-02`,
      `${BP}&dateStart='`,
      `${BP}&dateEnd=2026-03-02T24:00:00`,
      `${BP}&dateEnd=2026-03-02T00:00:00Z`,
      `${BP}&offset=-1`,
      `${BP}&limit=0`,
      `${BP}&limit=1001`,
      `${BP}&limit=1000000000`,
      `${BP}&limit=NaN`,
      `${BP}&limit=1e2`,
    ]) {
      assertError(await readHealth(w, token, query), 400, 'invalid_request');
    }
  });

  test('gives the kinds that the user ticked and no other', async () => {
    const w = world();
    const { user, device, measure } = await patient(w);
    await measure({ systolic: 120 });
    await post(w, device.muid, device.secret, 'glucose', { glucose: 5 });
    const client = await w.client({ scopes: ['HEALTH'] });
    const token = await tokenOfKinds(w, client, user, ['GLUCOSE', 'SCALE_MEASUREMENT']);
    assert.equal(healthOf(await readHealth(w, token, 'obxRootRefId=GLUCOSE')).total, 1);
    assertError(await readHealth(w, token, BP), 403, 'insufficient_scope');
    // SCALE is no part of SCALE_MEASUREMENT.
    assertError(await readHealth(w, token, 'obxRootRefId=SCALE'), 403, 'insufficient_scope');
    assert.deepEqual(
      (await ledgerOf(w, user)).map(({ detail }) => detail),
      ['GLUCOSE'],
    );
  });

  test('a consent that is withdrawn or has run out is the end on the next request', async () => {
    const w = world();
    const { user, measure } = await patient(w);
    await measure({ systolic: 120 });
    const client = await w.client({ scopes: ['PROFILE', 'HEALTH'] });
    const { access_token: token } = await w.tokens(client, user);
    assert.equal(healthOf(await readHealth(w, token, BP)).total, 1);
    await w.app.withdraw(user.muid, client.id, ['HEALTH']);
    assertError(await readHealth(w, token, BP), 403, 'insufficient_scope');
    await w.app.withdraw(user.muid, client.id, null);
    assertError(await readHealth(w, token, BP), 401, 'invalid_token');
  });

  test('every read is in the ledger before it is answered: who, which application, what, how many, when', async () => {
    const w = world();
    const { user, measure } = await patient(w);
    await measure({ systolic: 177.125 });
    const { token, client } = await tokenFor(w, user, ['HEALTH']);
    for (let i = 0; i < 3; i++) {
      w.app.clock.advance(SECOND);
      await readHealth(w, token, BP);
      const [entry, ...older] = await ledgerOf(w, user);
      assert.equal(older.length, i);
      assert.equal(entry?.at, w.app.clock.now());
      assert.equal(entry?.what, 'health');
      assert.equal(entry?.detail, 'BLOOD_PRESSURE');
      assert.equal(entry?.count, 1);
      assert.equal(entry?.clientId, client.id);
      assert.equal(entry?.clientName, '건강수첩');
      assert.equal(entry?.company, client.owner.name);
      assert.equal(entry?.readerLogin, user.loginId);
    }
    w.app.clock.advance(SECOND);
    await readHealth(w, token, 'obxRootRefId=TEMP');
    assert.equal((await ledgerOf(w, user))[0]?.count, 0);
    await readHealth(w, null, BP);
    await readHealth(w, 'dead', BP);
    await readHealth(w, token, 'obxRootRefId=X');
    assert.equal((await ledgerOf(w, user)).length, 4);
    assert.equal(JSON.stringify(await ledgerOf(w, user)).includes('177.125'), false);
  });
});

onBoth('/v1/shared-health', (world) => {
  test('gives what is shared, to the application that was named, and both people see it', async () => {
    const w = world();
    const { user: owner, device, measure } = await patient(w);
    await measure({ systolic: 141 });
    const doctor = await w.user();
    const { token, client } = await tokenFor(w, doctor, ['HEALTH']);
    await share(w, owner, doctor, client);
    const { items } = healthOf(await readShared(w, token, owner.loginId, BP));
    assert.equal(items[0]?.deviceMuid, device.muid);
    assert.equal(items[0]?.values['systolic']?.value, 141);
    for (const person of [owner, doctor]) {
      const [entry, ...rest] = await ledgerOf(w, person);
      assert.equal(rest.length, 0);
      assert.equal(entry?.what, 'shared-health');
      assert.equal(entry?.ownerLogin, owner.loginId);
      assert.equal(entry?.readerLogin, doctor.loginId);
      assert.equal(entry?.clientId, client.id);
    }
    // The other person's own data is another thing.
    assert.equal(healthOf(await readHealth(w, token, BP)).total, 0);
  });

  test('RS-14: nobody, no share, an expired or ended one, another kind and another application are the same 404', async () => {
    const w = world();
    const { user: owner, measure } = await patient(w);
    await measure({ systolic: 141 });
    const [doctor, other] = [await w.user(), await w.user()];
    const { token, client } = await tokenFor(w, doctor, ['HEALTH']);
    const second = await tokenFor(w, doctor, ['HEALTH']);
    const stranger = await tokenFor(w, other, ['HEALTH']);
    const read = (as = token, query = BP, whose = owner.loginId) => readShared(w, as, whose, query);
    const words = new Set<unknown>();
    const gone = async (asked: Promise<Json>) => {
      const answer = await asked;
      assertError(answer, 404, 'not_found');
      words.add(answer.body['message']);
    };
    await gone(read());
    const unnamed = await share(w, owner, doctor, null);
    await gone(read());
    await allow(w, owner, unnamed, client);
    assert.equal((await read()).status, 200);
    await gone(read(token, BP, 'nobody-at-all'));
    await gone(read(token, 'obxRootRefId=GLUCOSE'));
    await gone(read(second.token));
    await gone(read(stranger.token));
    await w.app.storage.shares.end(w.app.act(), owner.muid, unnamed);
    await gone(read());
    await share(w, owner, doctor, client, 'BLOOD_PRESSURE', HOUR);
    w.app.clock.advance(HOUR - 1);
    const fresh = async () => (await w.tokens(client, doctor)).access_token;
    assert.equal((await read(await fresh())).status, 200);
    w.app.clock.advance(1);
    await gone(read(await fresh()));
    assert.equal(words.size, 1);
  });

  test('ends when the consent for the application ends, the company changes, or either account does', async () => {
    const w = world();
    const { user: owner, measure } = await patient(w);
    await measure({ systolic: 141 });
    const doctor = await w.user();
    const { token, client } = await tokenFor(w, doctor, ['HEALTH']);
    const id = await share(w, owner, doctor, client);
    const read = async () => (await readShared(w, token, owner.loginId, BP)).status;
    assert.equal(await read(), 200);
    const application = (await w.app.storage.shares.given(owner.muid, w.app.clock.now()))[0]?.applications[0]?.id ?? '';
    assert.equal(await w.app.storage.shares.endApplication(w.app.act(), doctor.muid, application), false);
    assert.equal(await w.app.storage.shares.endApplication(w.app.act(), owner.muid, application), true);
    assert.equal(await read(), 404);
    await allow(w, owner, id, client);
    assert.equal(await read(), 200);
    await w.app.storage.users.setStatus(w.app.act(), owner.muid, 'SUSPENDED');
    assert.equal(await read(), 404);
    await w.app.storage.users.setStatus(w.app.act(), owner.muid, 'ACTIVE');
    assert.equal(await read(), 200);
    await w.app.storage.users.setStatus(w.app.act(), doctor.muid, 'SUSPENDED');
    assert.equal(await read(), 401);
  });

  test('a person’s own data can be erased, what devices sent of it too, and what comes later is new', async () => {
    const w = world();
    const { user, device, measure } = await patient(w);
    for (let i = 0; i < 5; i++) await measure({ systolic: 120 + i });
    const { token } = await tokenFor(w, user, ['HEALTH', 'DEVICE']);
    await call(w, token, 'GET', '/v1/devices');
    const { ownHealth } = w.app.storage;
    assert.deepEqual(await ownHealth.summary(user.muid), [
      { root: 'BLOOD_PRESSURE', count: 5, newest: w.app.clock.now() },
    ]);
    const first = await ownHealth.page(user.muid, null, 3);
    const second = await ownHealth.page(user.muid, first.next, 3);
    assert.equal(first.items.length + second.items.length, 5);
    assert.equal(second.next, null);
    const act = w.app.act();
    w.app.clock.advance(SECOND);
    await measure({ systolic: 99 });
    while ((await ownHealth.erase(act, user.muid, 2)) > 0);
    const left = healthOf(await readHealth(w, token, EVER));
    assert.deepEqual(
      left.items.map(({ values }) => values['systolic']?.value),
      [99],
    );
    assert.equal(device.muid, left.items[0]?.deviceMuid);
    w.app.clock.advance(DAY);
    while ((await ownHealth.erase(w.app.act(), user.muid, 500)) > 0);
    assert.deepEqual(await ownHealth.summary(user.muid), []);
  });
});
