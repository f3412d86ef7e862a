import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from 'typebox/value';
import { DeviceItem, DevicePage } from '#contracts';
import { MINUTE } from '#kernel';
import { call, itemOf, itemsOf, makeDevice, makeProduct, reviewProduct, tokenFor } from '../support/devices.ts';
import { onBoth } from '../support/suite.ts';
import type { Json } from '../support/world.ts';

const HEX = /^[0-9a-f]{32}$/;

function assertError(answer: Json, status: number, error: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body['error'], error);
  assert.equal(answer.body['errCode'], true);
  assert.equal(answer.body['status'], status);
  assert.ok(Number.isSafeInteger(answer.body['timestamp']));
}

onBoth('/v1/devices', (world) => {
  test('a device is added, named, listed and removed, in the shape of the contract', async () => {
    const w = world();
    const product = await makeProduct(w);
    const device = await makeDevice(w, product);
    const user = await w.user();
    const { token } = await tokenFor(w, user, ['PROFILE', 'DEVICE']);

    const added = await call(w, token, 'POST', '/v1/devices', {
      deviceMuid: device.muid,
      deviceNickname: '거실 혈압계',
    });
    assert.equal(added.status, 200, JSON.stringify(added.body));
    assert.ok(Value.Check(DeviceItem, added.body), JSON.stringify(added.body));
    const item = itemOf(added);
    assert.equal(item['deviceMuid'], device.muid);
    assert.equal(item['deviceNickname'], '거실 혈압계');
    assert.equal(item['userRegistered'], true);
    assert.equal(item['enabled'], true);
    assert.equal(item['version'], 1);
    assert.equal(item['ownerUserMuid'], user.muid);
    assert.deepEqual(item['usersMuid'], [user.muid]);
    assert.equal(item['developerUserMuid'], product.owner.muid);
    assert.equal(item['deviceMacAddress'], '00:1A:2B:3C:4D:5E');
    assert.match(String(item['deviceToken']), HEX);
    assert.notEqual(item['deviceToken'], device.secret);
    const model = item['deviceModel'] as Record<string, unknown>;
    assert.equal(model['modelMuid'], product.id);
    assert.equal(model['modelSerialNumber'], 'HB-100');
    assert.equal(model['modelDeveloperName'], '한빛전자');
    assert.equal(model['modelDuplicationRegistration'], false);
    assert.equal(model['status'], 'ACTIVE');

    const renamed = await call(w, token, 'PUT', `/v1/devices/${device.muid}`, { deviceNickname: '침실' });
    assert.equal(itemOf(renamed)['deviceNickname'], '침실');
    assert.equal(itemOf(renamed)['deviceToken'], item['deviceToken']);

    const listed = await call(w, token, 'GET', '/v1/devices');
    assert.ok(Value.Check(DevicePage, listed.body), JSON.stringify(listed.body));
    const { items, ...page } = listed.body;
    assert.deepEqual(page, { size: 10, page: 0, total: 1, first: true, last: true });
    assert.equal((items as unknown[]).length, 1);

    const removed = await call(w, token, 'DELETE', `/v1/devices/${device.muid}`);
    assert.equal(removed.status, 200);
    assert.ok(Value.Check(DeviceItem, removed.body), JSON.stringify(removed.body));
    for (const name of ['deviceToken', 'developerUserMuid', 'usersMuid', 'ownerUserMuid', 'deviceMacAddress']) {
      assert.equal(itemOf(removed)[name], null, name);
    }
    assert.equal(itemOf(removed)['userRegistered'], false);
    assert.equal((await call(w, token, 'GET', '/v1/devices')).body['total'], 0);
    assertError(await call(w, token, 'DELETE', `/v1/devices/${device.muid}`), 404, 'not_found');
  });

  test('adding again is no error and keeps the name; the older spelling of the name is read too', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const { token } = await tokenFor(w, await w.user(), ['DEVICE']);
    const first = await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid, deviceNickName: '첫 이름' });
    assert.equal(itemOf(first)['deviceNickname'], '첫 이름');
    const again = await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid });
    assert.equal(itemOf(again)['deviceNickname'], '첫 이름');
    assert.equal((await call(w, token, 'GET', '/v1/devices')).body['total'], 1);
  });

  test('pages count from 0, are exact at their edges, and take 100 and more', async () => {
    const w = world();
    const product = await makeProduct(w);
    const { token } = await tokenFor(w, await w.user(), ['DEVICE']);
    const muids: string[] = [];
    for (let i = 0; i < 5; i++) {
      const { muid } = await makeDevice(w, product);
      w.app.clock.advance(1000);
      await call(w, token, 'POST', '/v1/devices', { deviceMuid: muid });
      muids.unshift(muid);
    }
    const page = async (query: string) => (await call(w, token, 'GET', `/v1/devices?${query}`)).body;
    const shape = async (query: string) => {
      const { items, ...rest } = await page(query);
      return { ...rest, items: (items as { deviceMuid: string }[]).map(({ deviceMuid }) => deviceMuid) };
    };
    assert.deepEqual(await shape('size=2&page=0'), {
      ...{ size: 2, page: 0, total: 5, first: true, last: false },
      items: muids.slice(0, 2),
    });
    assert.deepEqual(await shape('size=2&page=2'), {
      ...{ size: 2, page: 2, total: 5, first: false, last: true },
      items: muids.slice(4),
    });
    assert.deepEqual(await shape('size=2&page=3'), { size: 2, page: 3, total: 5, first: false, last: true, items: [] });
    assert.deepEqual((await shape('size=100')).items, muids);
    for (const query of [
      'size=0',
      'size=-1',
      'size=1001',
      'size=1e2',
      'size=0x10',
      'page=-1',
      'page=%EF%BC%91',
      'page=1.0',
    ]) {
      assertError(await call(w, token, 'GET', `/v1/devices?${query}`), 400, 'invalid_request');
    }
  });

  test('RS-01, RS-02: nobody sees, names or removes a device of somebody else, whatever the request says', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const [owner, other] = [await w.user(), await w.user()];
    const mine = await tokenFor(w, owner, ['DEVICE']);
    const { token } = await tokenFor(w, other, ['DEVICE']);
    await call(w, mine.token, 'POST', '/v1/devices', { deviceMuid: device.muid, deviceNickname: '내 것' });
    assertError(await call(w, token, 'PUT', `/v1/devices/${device.muid}`, { deviceNickname: 'x' }), 404, 'not_found');
    assertError(await call(w, token, 'DELETE', `/v1/devices/${device.muid}`), 404, 'not_found');
    assertError(await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid }), 404, 'not_found');
    assertError(
      await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid, ownerMuid: owner.muid }),
      404,
      'not_found',
    );
    assert.equal((await call(w, token, 'GET', `/v1/devices?userMuid=${owner.muid}`)).body['total'], 0);
    const still = itemsOf(await call(w, mine.token, 'GET', '/v1/devices'));
    assert.equal(still[0]?.['deviceNickname'], '내 것');
    for (const muid of ['0'.repeat(32), device.muid.toUpperCase(), 'x', '..']) {
      const answer = await call(w, token, 'DELETE', `/v1/devices/${muid}`);
      assert.equal(answer.status, 404);
    }
  });

  test('of six who want one device at once exactly one gets it', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const tokens = await Promise.all(
      Array.from({ length: 6 }, async () => (await tokenFor(w, await w.user(), ['DEVICE'])).token),
    );
    const answers = await Promise.all(
      tokens.map((token) => call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid })),
    );
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    assert.equal(answers.filter(({ status }) => status === 404).length, 5);
  });

  test('a product for several users lets them all add one device, and each sees himself or herself alone', async () => {
    const w = world();
    const product = await makeProduct(w, { severalUsers: true });
    const device = await makeDevice(w, product);
    const [a, b] = [await w.user(), await w.user()];
    const tokens = [await tokenFor(w, a, ['DEVICE']), await tokenFor(w, b, ['DEVICE'])];
    const seen = [];
    for (const { token } of tokens)
      seen.push(itemOf(await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid })));
    assert.deepEqual(
      seen.map((item) => item['usersMuid']),
      [[a.muid], [b.muid]],
    );
    assert.notEqual(seen[0]?.['deviceToken'], seen[1]?.['deviceToken']);
  });

  test('a product that is not approved is its developer’s alone; a suspended one nobody’s', async () => {
    const w = world();
    const product = await makeProduct(w, { status: 'PENDING' });
    const device = await makeDevice(w, product);
    const { token } = await tokenFor(w, await w.user(), ['DEVICE']);
    const dev = await tokenFor(w, product.owner, ['DEVICE']);
    const add = (as: string) => call(w, as, 'POST', '/v1/devices', { deviceMuid: device.muid });
    assertError(await add(token), 404, 'not_found');
    assert.equal((await add(dev.token)).status, 200);
    await call(w, dev.token, 'DELETE', `/v1/devices/${device.muid}`);
    await reviewProduct(w, product.id, 'approve');
    await reviewProduct(w, product.id, 'suspend');
    assertError(await add(token), 404, 'not_found');
    await reviewProduct(w, product.id, 'reinstate');
    assert.equal((await add(token)).status, 200);
  });

  test('a serial number finds what is free or one’s own, without credentials, and not forever', async () => {
    const w = world();
    const product = await makeProduct(w);
    const device = await makeDevice(w, product, 'SERIAL 1');
    const user = await w.user();
    const { token } = await tokenFor(w, user, ['DEVICE']);
    const other = await tokenFor(w, await w.user(), ['DEVICE']);
    const query = `modelMuid=${product.id}&serial=SERIAL+1`;
    const find = (as: string, what = query) => call(w, as, 'GET', `/v1/devices/find-device-by-serial?${what}`);
    const free = itemOf(await find(token));
    assert.equal(free['deviceMuid'], device.muid);
    assert.equal(free['deviceSerialNumber'], 'SERIAL 1');
    assert.equal(free['userRegistered'], false);
    for (const name of ['deviceToken', 'developerUserMuid', 'usersMuid', 'ownerUserMuid', 'deviceMacAddress']) {
      assert.equal(free[name], null, name);
    }
    await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid });
    const own = itemOf(await find(token));
    assert.equal(own['ownerUserMuid'], user.muid);
    assert.equal(own['deviceToken'], null);
    assertError(await find(other.token), 404, 'not_found');
    assertError(await find(token, `modelMuid=${product.id}&serial=none`), 404, 'not_found');
    assertError(await find(token, `modelMuid=${product.id}`), 400, 'invalid_request');
    assertError(await find(token, `modelMuid=1&serial=x`), 400, 'invalid_request');

    let last = await find(other.token);
    for (let i = 0; i < 40 && last.status !== 429; i++) last = await find(other.token);
    assertError(last, 429, 'too_many_requests');
    assert.ok(Number(last.headers.get('retry-after')) > 0);
    w.app.clock.advance(16 * MINUTE);
    assert.equal((await find(other.token)).status, 404);
  });

  test('the token for a device is the same each time for one grant, and another for another', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const user = await w.user();
    const [one, two] = [await tokenFor(w, user, ['DEVICE']), await tokenFor(w, user, ['DEVICE'])];
    const tokenOf = async (as: string) => itemsOf(await call(w, as, 'GET', '/v1/devices'))[0]?.['deviceToken'];
    await call(w, one.token, 'POST', '/v1/devices', { deviceMuid: device.muid });
    const [first, again, other] = [await tokenOf(one.token), await tokenOf(one.token), await tokenOf(two.token)];
    assert.match(String(first), HEX);
    assert.equal(first, again);
    assert.notEqual(first, other);
    await call(w, two.token, 'DELETE', `/v1/devices/${device.muid}`);
    await call(w, one.token, 'POST', '/v1/devices', { deviceMuid: device.muid });
    assert.notEqual(await tokenOf(one.token), first);
  });

  test('bodies that are none are 400, names that pretend are refused', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const { token } = await tokenFor(w, await w.user(), ['DEVICE']);
    const bodies = [
      undefined,
      {},
      [],
      { deviceMuid: 7 },
      { deviceMuid: device.muid.toUpperCase() },
      { deviceMuid: [device.muid] },
    ];
    for (const body of bodies) assertError(await call(w, token, 'POST', '/v1/devices', body), 400, 'invalid_request');
    for (const deviceNickname of ['', ' ', 'x'.repeat(65), 7, '이름\u202e', 'a\nb']) {
      assertError(
        await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid, deviceNickname }),
        400,
        'invalid_request',
      );
    }
    await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid });
    assertError(await call(w, token, 'PUT', `/v1/devices/${device.muid}`, {}), 400, 'invalid_request');
  });
});
