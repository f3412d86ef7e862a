import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call, itemOf, itemsOf, makeDevice, makeProduct, post, readField, tokenFor } from '../support/devices.ts';
import { healthOf, readHealth, readShared, share } from '../support/health.ts';
import { onBoth } from '../support/suite.ts';
import { openWorld, type TestUser, type World } from '../support/world.ts';

const BP = { systolic: 123, diastolic: 80, map: 85, pulse: 67 };
const QUERY = 'obxRootRefId=BLOOD_PRESSURE';

const READING = {
  systolic: { value: 123, unit: 'mmHg', mdc: 150021 },
  diastolic: { value: 80, unit: 'mmHg', mdc: 150022 },
  map: { value: 85, unit: 'mmHg', mdc: 150023 },
  pulse: { value: 67, unit: 'beats/min', mdc: 149546 },
};

/** From the factory to the patient's account: the device that a developer had approved and made, added by its user. */
async function fromTheFactory(w: World, user: TestUser, token: string) {
  const product = await makeProduct(w, { status: 'PENDING' });
  const approved = await w.app.modules.products.review(w.app.act(), product.id, {
    action: 'approve',
    decidedBy: (await w.user({ roles: ['operator'] })).muid,
    reason: '설명서와 매니페스트가 맞습니다.',
  });
  assert.ok(approved.ok);
  const device = await makeDevice(w, product);
  const added = await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid, deviceNickname: '내 혈압계' });
  assert.equal(itemOf(added)['ownerUserMuid'], user.muid);
  return device;
}

onBoth('From the factory to the patient', (world) => {
  test('a device’s values reach the patient’s application and the person they are shared with, until consent ends', async () => {
    const w = world();
    const patient = await w.user();
    const doctor = await w.user();
    const app = await tokenFor(w, patient, ['DEVICE', 'HEALTH']);
    const clinic = await tokenFor(w, doctor, ['PROFILE', 'HEALTH']);
    const device = await fromTheFactory(w, patient, app.token);

    assert.equal((await post(w, device.muid, device.secret, 'bloodpressure', BP)).status, 201);
    w.app.clock.advance(1000);
    const asText = JSON.stringify(BP);
    const second = await post(w, device.muid, device.secret, 'bloodpressure', asText, { cnf: 'application/json' });
    assert.equal(second.status, 201);

    const own = healthOf(await readHealth(w, app.token, QUERY));
    assert.equal(own.total, 2);
    for (const item of own.items) {
      assert.equal(item.deviceMuid, device.muid);
      assert.deepEqual(item.values, READING);
    }
    const listed = itemsOf(await call(w, app.token, 'GET', '/v1/devices'));
    const back = await readField(w, device.muid, String(listed[0]?.['deviceToken']), 'bloodpressure/latest');
    assert.equal((back.body['m2m:cin'] as { con: string }).con, asText);

    await share(w, patient, doctor, clinic.client);
    assert.deepEqual(healthOf(await readShared(w, clinic.token, patient.loginId, QUERY)).items, own.items);

    await w.app.withdraw(patient.muid, app.client.id, null);
    assert.equal((await readHealth(w, app.token, QUERY)).status, 401);
    assert.equal(
      (await readField(w, device.muid, String(listed[0]?.['deviceToken']), 'bloodpressure/latest')).status,
      403,
    );
    await w.app.withdraw(doctor.muid, clinic.client.id, ['HEALTH']);
    assert.equal((await readShared(w, clinic.token, patient.loginId, QUERY)).status, 403);
  });
});

onBoth('Two processes on one database', (world) => {
  test('what is withdrawn, ended or removed on one is over on the other with the next request', async () => {
    const here = world();
    const there = openWorld(await here.app.another());
    const [patient, doctor] = [await here.user(), await here.user()];
    const app = await tokenFor(here, patient, ['DEVICE', 'HEALTH']);
    const clinic = await tokenFor(there, doctor, ['HEALTH']);
    const device = await fromTheFactory(here, patient, app.token);
    await post(there, device.muid, device.secret, 'bloodpressure', BP);
    const shared = await share(there, patient, doctor, clinic.client);
    assert.equal(healthOf(await readHealth(there, app.token, QUERY)).total, 1);
    assert.equal(healthOf(await readShared(here, clinic.token, patient.loginId, QUERY)).total, 1);
    const derived = String(itemsOf(await call(here, app.token, 'GET', '/v1/devices'))[0]?.['deviceToken']);
    assert.equal((await post(there, device.muid, derived, 'bloodpressure', BP)).status, 201);

    await here.app.storage.shares.end(here.app.act(), patient.muid, shared);
    assert.equal((await readShared(there, clinic.token, patient.loginId, QUERY)).status, 404);
    await there.app.withdraw(patient.muid, app.client.id, ['HEALTH']);
    assert.equal((await readHealth(here, app.token, QUERY)).status, 403);
    assert.equal((await readField(here, device.muid, derived, 'bloodpressure/latest')).status, 403);
    await call(there, app.token, 'DELETE', `/v1/devices/${device.muid}`);
    assert.equal((await post(here, device.muid, derived, 'bloodpressure', BP)).status, 403);
    await here.app.withdraw(patient.muid, app.client.id, null);
    assert.equal((await readHealth(there, app.token, QUERY)).status, 401);
    await there.app.close();
  });
});
