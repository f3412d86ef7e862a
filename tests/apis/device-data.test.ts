import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from 'typebox/value';
import { ManyInstances, OneInstance } from '#contracts';
import { DAY, MINUTE } from '#kernel';
import { call, itemOf, makeDevice, makeProduct, post, readField, reviewProduct, tokenFor } from '../support/devices.ts';
import { healthOf, readHealth } from '../support/health.ts';
import { onBoth } from '../support/suite.ts';
import { type Json, readJson, type World } from '../support/world.ts';

const BP = { systolic: 123, diastolic: 80, map: 85, pulse: 67 };

const cinOf = (answer: Json): Record<string, unknown> => answer.body['m2m:cin'] as Record<string, unknown>;
const cinsOf = (answer: Json) => (answer.body['m2m:rsp'] as { 'm2m:cin': { con: string; rn: string }[] })['m2m:cin'];

function assertRefused(answer: Json, status: number, rsc: number): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.deepEqual(Object.keys(answer.body), ['m2m:dbg']);
  assert.equal(answer.headers.get('x-m2m-rsc'), String(rsc));
}

/** A device in somebody's account, and an application with DEVICE and HEALTH that has its own token for it. */
async function held(w: World) {
  const product = await makeProduct(w);
  const device = await makeDevice(w, product);
  const user = await w.user();
  const { client, token } = await tokenFor(w, user, ['DEVICE', 'HEALTH']);
  const added = await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid });
  return { product, device, user, client, token, derived: String(itemOf(added)['deviceToken']) };
}

onBoth('Device data', (world) => {
  test('an instance is answered in the form of the contract, whatever con is', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const text = JSON.stringify(BP);
    for (const [con, cnf, shown] of [
      [BP, undefined, text],
      [text, 'application/json', text],
      ['안녕', undefined, '안녕'],
      [36.5, undefined, '36.5'],
    ] as const) {
      const answer = await post(w, device.muid, device.secret, 'bloodpressure', con, cnf === undefined ? {} : { cnf });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      assert.ok(Value.Check(OneInstance, answer.body), JSON.stringify(answer.body));
      assert.equal(answer.headers.get('x-m2m-rsc'), '2001');
      assert.equal(answer.headers.get('x-m2m-ri'), '12345');
      const cin = cinOf(answer);
      assert.equal(cin['con'], shown);
      assert.equal(cin['cs'], Buffer.byteLength(shown));
      assert.match(String(cin['ct']), /^\d{8}T\d{6}$/);
      assert.equal(cin['cr'], device.muid);
      assert.equal(JSON.stringify(answer.body).includes(device.secret), false);
      assert.equal(
        answer.headers.get('content-location'),
        `/Mobius/${device.muid}/fields/bloodpressure/${String(cin['rn'])}`,
      );
    }
  });

  test('a secret reads what nobody held: the newest, the oldest, one, and what came between two times', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const read = (path: string) => readField(w, device.muid, device.secret, path);
    assertRefused(await read('temperature/latest'), 404, 4004);
    const names: string[] = [];
    for (const temperature of [36.1, 36.2, 36.3]) {
      w.app.clock.advance(10_000);
      names.push(String(cinOf(await post(w, device.muid, device.secret, 'temperature', { temperature }))['rn']));
    }
    assert.equal(cinOf(await read('temperature/latest'))['rn'], names[2]);
    assert.equal(cinOf(await read('temperature/la'))['rn'], names[2]);
    assert.equal(cinOf(await read('temperature/ol'))['rn'], names[0]);
    assert.equal(cinOf(await read(`temperature/${names[1]}`))['rn'], names[1]);
    assertRefused(await read(`temperature/${names[1]?.slice(0, -1)}9`), 404, 4004);

    const at = (ms: number) => new Date(ms).toISOString().slice(0, 19);
    const now = w.app.clock.now();
    for (const [from, to] of [
      [at(now - 10_000), at(now - 10_000)],
      [at(now - 10_000).replaceAll(/[-:]/g, ''), at(now - 10_000).replaceAll(/[-:]/g, '')],
    ]) {
      const found = await read(`temperature?rcn=4&ty=4&cra=${from}&crb=${to}`);
      assert.equal(found.status, 200);
      assert.ok(Value.Check(ManyInstances, found.body), JSON.stringify(found.body));
      assert.equal(found.headers.get('x-m2m-rsc'), '2000');
      assert.deepEqual(
        cinsOf(found).map(({ rn }) => rn),
        [names[1]],
      );
    }
    const all = await read('temperature?rcn=4&ty=4');
    assert.deepEqual(
      cinsOf(all).map(({ rn }) => rn),
      names.toReversed(),
    );
    const some = await read('temperature?rcn=4&ty=4&lim=2');
    assert.deepEqual(
      cinsOf(some).map(({ rn }) => rn),
      [names[2], names[1]],
    );
    assert.equal(some.headers.get('x-m2m-cts'), '1');
    assert.equal(some.headers.get('x-m2m-cto'), '2');
    assert.equal((await read('temperature')).status, 200);
    assertRefused(await read('temperature?rcn=4&ty=3'), 400, 4000);
    assertRefused(await read('temperature?rcn=4&cra=yesterday'), 400, 4000);
    assertRefused(await read('temperature?rcn=8'), 400, 4000);
    assertRefused(await read('temperature?rcn=4&lim=1e3'), 400, 4000);
  });

  test('what can not be read is 400, what may not be is 403 in the same words for all', async () => {
    const w = world();
    const product = await makeProduct(w);
    const [device, other] = [await makeDevice(w, product), await makeDevice(w, product)];
    const words = new Set<unknown>();
    for (const [muid, secret] of [
      [other.muid, device.secret],
      [device.muid, '0'.repeat(32)],
      [device.muid, device.secret.toUpperCase()],
      [device.muid, `${device.secret}, ${device.secret}`],
      ['f'.repeat(32), device.secret],
      ['x', device.secret],
    ] as const) {
      const answer = await post(w, muid as typeof device.muid, secret, 'bloodpressure', BP);
      assertRefused(answer, 403, 4103);
      words.add(answer.body['m2m:dbg']);
    }
    assert.equal(words.size, 1);
    assertRefused(await post(w, device.muid, device.secret, 'nofield', BP), 404, 4004);

    const url = `${w.url}/Mobius/${device.muid}/fields/bloodpressure`;
    const send = async (headers: Record<string, string>, body: string) =>
      readJson(await fetch(url, { method: 'POST', headers, body }));
    const good = { 'x-m2m-origin': device.secret, 'x-m2m-ri': '1', 'content-type': 'application/json;ty=4' };
    const body = JSON.stringify({ 'm2m:cin': { con: BP } });
    const { 'x-m2m-ri': _ri, ...noRi } = good;
    const { 'x-m2m-origin': _origin, ...noOrigin } = good;
    assertRefused(await send(noRi, body), 400, 4000);
    assertRefused(await send(noOrigin, body), 400, 4000);
    assertRefused(await send({ ...good, 'content-type': 'application/json' }, body), 400, 4000);
    assertRefused(await send({ ...good, 'content-type': 'application/json;ty=3' }, body), 400, 4000);
    assert.equal((await send({ ...good, 'content-type': 'application/json; ty=4' }, body)).status, 201);
    assert.equal((await send({ ...good, 'content-type': 'application/vnd.onem2m-res+json;ty=4' }, body)).status, 201);
    assertRefused(await send({ ...good, 'content-type': 'text/plain' }, body), 415, 4000);
    for (const sent of ['{}', '[]', '{"m2m:cin":{}}', '{"m2m:cin":{"con":null}}', '{"m2m:cin":{"con":true}}']) {
      assertRefused(await send(good, sent), 400, 4000);
    }
    assertRefused(await send(good, '{"m2m:cin":{"con":{"systolic":1e999}}}'), 400, 4000);
    assertRefused(await send(good, 'nonsense'), 400, 4000);
    const large = await send(good, JSON.stringify({ 'm2m:cin': { con: 'x'.repeat(70_000) } }));
    assertRefused(large, 413, 5207);
    for (const [method, status, rsc] of [
      ['DELETE', 405, 4005],
      ['PUT', 405, 4005],
    ] as const) {
      assertRefused(await readJson(await fetch(url, { method, headers: { 'x-m2m-ri': '77' } })), status, rsc);
    }
    const nowhere = await readJson(await fetch(`${w.url}/Mobius/x`, { headers: { 'x-m2m-ri': '77' } }));
    assertRefused(nowhere, 404, 4004);
    assert.equal(nowhere.headers.get('x-m2m-ri'), '77');
  });

  test('once a user holds a device its factory secret only posts, and never reads what was the user’s', async () => {
    const w = world();
    const { device, token } = await held(w);
    assert.equal((await post(w, device.muid, device.secret, 'bloodpressure', BP)).status, 201);
    assertRefused(await readField(w, device.muid, device.secret, 'bloodpressure/latest'), 403, 4103);
    assertRefused(await readField(w, device.muid, device.secret, 'bloodpressure?rcn=4'), 403, 4103);
    await call(w, token, 'DELETE', `/v1/devices/${device.muid}`);
    assertRefused(await readField(w, device.muid, device.secret, 'bloodpressure/latest'), 404, 4004);
  });

  test('an application’s token posts, reads back with HEALTH alone, and ends with grant or holding', async () => {
    const w = world();
    const { device, user, token, client, derived } = await held(w);
    assert.equal((await post(w, device.muid, derived, 'bloodpressure', BP)).status, 201);
    assert.equal(cinOf(await readField(w, device.muid, derived, 'bloodpressure/latest'))['con'], JSON.stringify(BP));

    const plain = await tokenFor(w, user, ['DEVICE']);
    const only = itemOf(await call(w, plain.token, 'POST', '/v1/devices', { deviceMuid: device.muid }));
    assert.equal((await post(w, device.muid, String(only['deviceToken']), 'bloodpressure', BP)).status, 201);
    assertRefused(await readField(w, device.muid, String(only['deviceToken']), 'bloodpressure/latest'), 403, 4103);

    await w.app.withdraw(user.muid, client.id, ['HEALTH']);
    assertRefused(await readField(w, device.muid, derived, 'bloodpressure/latest'), 403, 4103);
    assert.equal((await post(w, device.muid, derived, 'bloodpressure', BP)).status, 201);
    await w.app.withdraw(user.muid, client.id, ['DEVICE']);
    assertRefused(await post(w, device.muid, derived, 'bloodpressure', BP), 403, 4103);
    await call(w, plain.token, 'DELETE', `/v1/devices/${device.muid}`);
    assertRefused(await post(w, device.muid, String(only['deviceToken']), 'bloodpressure', BP), 403, 4103);
    assert.equal(token.length > 0, true);
  });

  test('data stays with whoever held the device when it came; a device that changes hands takes none along', async () => {
    const w = world();
    const { device, user, token, derived } = await held(w);
    await post(w, device.muid, device.secret, 'bloodpressure', BP);
    await call(w, token, 'DELETE', `/v1/devices/${device.muid}`);
    await post(w, device.muid, device.secret, 'bloodpressure', { ...BP, systolic: 111 });
    const next = await w.user();
    const two = await tokenFor(w, next, ['DEVICE', 'HEALTH']);
    const added = itemOf(await call(w, two.token, 'POST', '/v1/devices', { deviceMuid: device.muid }));
    assertRefused(await readField(w, device.muid, String(added['deviceToken']), 'bloodpressure/latest'), 404, 4004);
    assertRefused(await readField(w, device.muid, derived, 'bloodpressure/latest'), 403, 4103);
    await post(w, device.muid, device.secret, 'bloodpressure', { ...BP, systolic: 132 });
    const values = async (as: string) =>
      healthOf(await readHealth(w, as, 'obxRootRefId=BLOOD_PRESSURE')).items.map(
        ({ values: of }) => of['systolic']?.value,
      );
    assert.deepEqual(await values(token), [123]);
    assert.deepEqual(await values(two.token), [132]);
    assert.ok(user.muid !== next.muid);
  });

  test('RS-20: a value that breaks the manifest or is not plausible is kept and marked, and is no health data', async () => {
    const w = world();
    const { device, token } = await held(w);
    const sent: [con: unknown, marks: string[]][] = [
      [{ systolic: 1e308, diastolic: 80 }, ['systolic:implausible']],
      [{ systolic: '123', diastolic: 81 }, ['systolic:not-a-number']],
      [{ systolic: -1, diastolic: 82, spo2: 98 }, ['spo2:unknown', 'systolic:implausible']],
      [{ systolic: [123], diastolic: 83 }, ['systolic:not-a-number']],
      [{ systolic: 123, taken_at: '2999-01-01T00:00:00Z' }, ['taken_at:in-the-future']],
      [{ systolic: 123, taken_at: 'yesterday' }, ['taken_at:not-a-time']],
      ['{"systolic":', ['con:not-json']],
      [77, ['con:not-an-object']],
    ];
    for (const [con, marks] of sent) {
      w.app.clock.advance(1000);
      const cnf = typeof con === 'string' ? 'application/json' : undefined;
      const answer = await post(w, device.muid, device.secret, 'bloodpressure', con, cnf === undefined ? {} : { cnf });
      assert.equal(answer.status, 201, JSON.stringify(answer.body));
      assert.deepEqual(cinOf(answer)['lbl'], marks);
    }
    const { items, total } = healthOf(await readHealth(w, token, 'obxRootRefId=BLOOD_PRESSURE&limit=100'));
    assert.deepEqual(
      items.map(({ values }) => Object.fromEntries(Object.entries(values).map(([name, { value }]) => [name, value]))),
      [{ diastolic: 83 }, { diastolic: 82 }, { diastolic: 81 }, { diastolic: 80 }],
    );
    assert.equal(total, 4);
  });

  test('units are the manifest’s, and become the catalogue’s; meal contexts have names and codes', async () => {
    const w = world();
    const { device, token } = await held(w);
    await post(w, device.muid, device.secret, 'glucose', { glucose: 5.5, glucose_ctxt_meal: 8417876 });
    w.app.clock.advance(1000);
    await post(w, device.muid, device.secret, 'glucose', { glucose: 41, glucose_ctxt_meal: 'fasting' });
    w.app.clock.advance(1000);
    await post(w, device.muid, device.secret, 'temperature', 36.6);
    const { items } = healthOf(await readHealth(w, token, 'obxRootRefId=GLUCOSE'));
    assert.deepEqual(
      items.map(({ values }) => values),
      [
        { glucose_ctxt_meal: { value: 'FASTING', unit: 'enumeration', mdc: 8417864 } },
        {
          glucose: { value: 99.088, unit: 'mg/dL', mdc: 160184 },
          glucose_ctxt_meal: { value: 'FASTING', unit: 'enumeration', mdc: 8417864 },
        },
      ],
    );
    const temperature = healthOf(await readHealth(w, token, 'obxRootRefId=TEMP')).items[0];
    assert.deepEqual(temperature?.values, { temperature: { value: 36.6, unit: '°C', mdc: 188424 } });
  });

  test('the measured time is the device’s, with a zone or Korean, and the received one where it gives none', async () => {
    const w = world();
    const { device, token } = await held(w);
    const now = w.app.clock.now();
    for (const taken_at of [
      '2026-03-02T07:00:00',
      '2026-03-01T22:00:01Z',
      '2026-03-02T07:00:02.5+09:00',
      now - 1000,
      undefined,
    ]) {
      await post(w, device.muid, device.secret, 'bloodpressure', { systolic: 120, taken_at });
    }
    const { items } = healthOf(await readHealth(w, token, 'obxRootRefId=BLOOD_PRESSURE'));
    assert.deepEqual(
      items.map(({ measuredAt }) => measuredAt),
      [
        new Date(now).toISOString(),
        new Date(now - 1000).toISOString(),
        '2026-03-01T22:00:02.500Z',
        '2026-03-01T22:00:01.000Z',
        '2026-03-01T22:00:00.000Z',
      ],
    );
    assert.ok(items.every(({ receivedAt }) => receivedAt === new Date(now).toISOString()));
  });

  test('only Idempotency-Key makes a repeat: the same X-M2M-RI with the same value is two measurements', async () => {
    const w = world();
    const { device, token } = await held(w);
    const count = async () => healthOf(await readHealth(w, token, 'obxRootRefId=BLOOD_PRESSURE')).total;
    await post(w, device.muid, device.secret, 'bloodpressure', BP);
    await post(w, device.muid, device.secret, 'bloodpressure', BP);
    assert.equal(await count(), 2);
    const headers = { 'idempotency-key': 'a-1' };
    const all = await Promise.all(
      Array.from({ length: 8 }, () => post(w, device.muid, device.secret, 'bloodpressure', BP, { headers })),
    );
    assert.ok(all.every(({ status }) => status === 201));
    assert.equal(new Set(all.map((answer) => cinOf(answer)['rn'])).size, 1);
    assert.equal(await count(), 3);
    const other = await post(w, device.muid, device.secret, 'bloodpressure', { systolic: 99 }, { headers });
    assertRefused(other, 409, 4105);
    w.app.clock.advance(DAY);
    assert.equal(
      (await post(w, device.muid, device.secret, 'bloodpressure', { systolic: 99 }, { headers })).status,
      201,
    );
  });

  test('a device that floods is told to wait', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    let refused: Json | null = null;
    for (let i = 0; i < 13 && refused === null; i++) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => post(w, device.muid, device.secret, 'temperature', { temperature: 36 })),
      );
      refused = answers.find(({ status }) => status === 429) ?? null;
    }
    assert.ok(refused !== null);
    assertRefused(refused, 429, 4000);
    assert.equal(refused.headers.get('retry-after'), '60');
    w.app.clock.advance(MINUTE);
    assert.equal((await post(w, device.muid, device.secret, 'temperature', { temperature: 36 })).status, 201);
  });

  test('a suspended product’s devices are refused; a rotated secret is dead at once; older data keeps its manifest', async () => {
    const w = world();
    const product = await makeProduct(w);
    const device = await makeDevice(w, product);
    assert.equal((await post(w, device.muid, device.secret, 'temperature', 36)).status, 201);
    await reviewProduct(w, product.id, 'suspend');
    assertRefused(await post(w, device.muid, device.secret, 'temperature', 36), 403, 4103);
    await reviewProduct(w, product.id, 'reinstate');
    const fresh = await w.app.modules.products.rotateSecret(w.app.act(), product.owner.muid, device.muid);
    assertRefused(await post(w, device.muid, device.secret, 'temperature', 36), 403, 4103);
    assert.equal((await post(w, device.muid, fresh ?? '', 'temperature', 36)).status, 201);
    const stranger = await w.user({ roles: ['developer'] });
    assert.equal(await w.app.modules.products.rotateSecret(w.app.act(), stranger.muid, device.muid), null);
  });

  test('no value and no secret is ever logged', async () => {
    const w = world();
    const { device } = await held(w);
    await post(w, device.muid, device.secret, 'bloodpressure', { systolic: 177.125 });
    await post(w, device.muid, '0'.repeat(32), 'bloodpressure', { systolic: 177.125 });
    const logged = JSON.stringify(w.app.logged);
    assert.equal(logged.includes('177.125'), false);
    assert.equal(logged.includes(device.secret), false);
  });
});
