import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ProductContent } from '#developer';
import { HOUR } from '#kernel';
import { call, itemOf, makeDevice, makeProduct, MANIFEST, post, tokenFor } from '../support/devices.ts';
import { onBoth } from '../support/suite.ts';
import type { World } from '../support/world.ts';

const CONTENT: ProductContent = {
  name: '한빛 체온계',
  modelCode: 'HT-1',
  maker: '한빛전자',
  description: '',
  imageUri: '',
  infoImageUri: '',
  buyLink: '',
  size: '',
  weight: '',
  severalUsers: false,
};

const developer = (w: World) => w.user({ roles: ['developer'] });

onBoth('Products', (world) => {
  test('what is wrong with a registration is named field by field, and nothing is registered', async () => {
    const w = world();
    const { products } = w.app.modules;
    const owner = await developer(w);
    const wrong = await products.register(w.app.act(), owner.muid, {
      ...CONTENT,
      name: ' ',
      maker: 'x'.repeat(65),
      modelCode: 'A\u202eB',
      buyLink: 'javascript:alert(1)',
      imageUri: 'http://maker.example/a.png',
    });
    assert.ok(!wrong.ok);
    assert.deepEqual(wrong.problem.map(({ field, problem }) => `${field} ${problem}`).toSorted(), [
      'buyLink not-https',
      'imageUri not-https',
      'maker too-long',
      'modelCode characters',
      'name missing',
    ]);
    assert.deepEqual(await products.listOf(owner.muid), []);
  });

  test('are reviewed as clients are: once, by somebody else, and about what was looked at', async () => {
    const w = world();
    const { products } = w.app.modules;
    const owner = await developer(w);
    const made = await products.register(w.app.act(), owner.muid, CONTENT);
    assert.ok(made.ok);
    const review = (
      action: 'approve' | 'reject' | 'suspend',
      more: { decidedBy?: typeof owner.muid; seen?: string } = {},
    ) => products.review(w.app.act(), made.value, { action, decidedBy: more.decidedBy ?? null, reason: '', ...more });
    assert.ok((await products.pending(100)).some(({ product }) => product === made.value));
    assert.deepEqual(await review('approve', { decidedBy: owner.muid }), { ok: false, problem: 'own-product' });
    assert.deepEqual(await review('approve', { seen: 'other' }), { ok: false, problem: 'changed-meanwhile' });
    assert.deepEqual(await review('suspend'), { ok: false, problem: 'not-in-this-status' });
    const both = await Promise.all([review('approve'), review('approve')]);
    assert.equal(both.filter(({ ok }) => ok).length, 1);
    assert.ok(!(await products.pending(100)).some(({ product }) => product === made.value));
    assert.deepEqual(await review('approve'), { ok: false, problem: 'not-in-this-status' });
  });

  test('an edit of what is in force waits for its review, and the old content stands until then', async () => {
    const w = world();
    const { products } = w.app.modules;
    const { id, owner } = await makeProduct(w);
    const stranger = await developer(w);
    const edit = { ...CONTENT, name: '새 이름' };
    assert.deepEqual(await products.edit(w.app.act(), stranger.muid, id, edit), {
      ok: false,
      problem: 'unknown-product',
    });
    assert.ok((await products.edit(w.app.act(), owner.muid, id, edit)).ok);
    assert.equal((await products.find(id))?.name, '한빛 혈압계');
    assert.equal((await products.find(id))?.status, 'ACTIVE');
    const decided = await products.review(w.app.act(), id, { action: 'approve', decidedBy: null, reason: '' });
    assert.ok(decided.ok);
    assert.equal(decided.value.name, '새 이름');
    assert.equal(decided.value.liveVersion, 2);
  });

  test('a manifest is checked against the catalogue, its version rises, and devices say which is in force', async () => {
    const w = world();
    const { products } = w.app.modules;
    const { id, owner } = await makeProduct(w);
    const stranger = await developer(w);
    const one = { kind: 'CATALOGUE', rootCode: 'TEMP', unit: '°C', minimum: null, maximum: null } as const;
    const activate = (fields: typeof MANIFEST, as = owner) =>
      products.activateManifest(w.app.act(), as.muid, id, fields);
    const field = (parameter: (typeof MANIFEST)[number]['parameters'][number], name = 'temp') => [
      { name, description: '', parameters: [parameter] },
    ];
    for (const [fields, problem] of [
      [[], 'missing'],
      [field({ ...one, name: 'fever' }), 'unknown-parameter'],
      [field({ ...one, name: 'temperature', unit: 'K' }), 'unit'],
      [field({ ...one, name: 'temperature', minimum: 40, maximum: 30 }), 'bounds'],
      [field({ ...one, name: 'temperature' }, 'latest'), 'characters'],
      [field({ ...one, name: 'temperature' }, 'a/b'), 'characters'],
      [[...field({ ...one, name: 'temperature' }), ...field({ ...one, name: 'temperature' })], 'repeated'],
    ] as const) {
      const wrong = await activate(fields);
      assert.ok(!wrong.ok && typeof wrong.problem !== 'string', problem);
      assert.ok(
        wrong.problem.some((found) => found.problem === problem),
        problem,
      );
    }
    assert.deepEqual(await activate(MANIFEST, stranger), { ok: false, problem: 'unknown-product' });
    assert.deepEqual(await activate(field({ ...one, name: 'temperature', unit: '°F' })), { ok: true, value: 2 });
    assert.equal((await products.manifest(id, 1)).length, MANIFEST.length);
    assert.equal((await products.manifest(id, 2))[0]?.parameters[0]?.unit, '°F');
    const device = await makeDevice(w, { id, owner });
    const { token } = await tokenFor(w, await w.user(), ['DEVICE', 'HEALTH']);
    const added = await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid });
    assert.equal(itemOf(added)['version'], 2);
    assert.equal((await post(w, device.muid, device.secret, 'bloodpressure', {})).status, 404);
    assert.equal((await post(w, device.muid, device.secret, 'temp', { temperature: 98.6 })).status, 201);
    const health = await call(w, token, 'GET', '/v1/health?obxRootRefId=TEMP');
    const items = health.body['items'] as { values: { temperature: { value: number } } }[];
    assert.equal(items[0]?.values.temperature.value, 37);
  });

  test('ten thousand devices come from one list, with the lines that were refused and why', async () => {
    const w = world();
    const { products } = w.app.modules;
    const { id, owner } = await makeProduct(w);
    await makeDevice(w, { id, owner }, 'N-7');
    const lines = Array.from(
      { length: 9996 },
      (_, i) => `N-${i},00-1A-2B-3C-4D-${(i % 256).toString(16).padStart(2, '0')}`,
    );
    const csv = ['serial,mac', ...lines, 'N-8,', 'a b\u0007,', 'x,12:34', 'x,,y'].join('\r\n');
    const steps: number[] = [];
    const done = await products.importDevices(w.app.act(), owner.muid, id, csv, (count) => steps.push(count));
    assert.ok(done.ok);
    assert.equal(done.value.made.length, 9995);
    assert.deepEqual(done.value.refused, [
      { line: 9, problem: 'repeated-serial' },
      { line: 9998, problem: 'repeated-serial' },
      { line: 9999, problem: 'serial' },
      { line: 10000, problem: 'mac' },
      { line: 10001, problem: 'columns' },
    ]);
    assert.ok(steps.length > 10 && steps.at(-1) === 9996);
    assert.equal(done.value.made[0]?.mac, '00:1A:2B:3C:4D:00');
    const kept = await products.devicesOf(id, { offset: 0, limit: 10 });
    assert.equal(kept.total, 9996);
    const { muid, secret } = done.value.made[5000] ?? { muid: null, secret: '' };
    assert.ok(muid !== null);
    assert.equal((await post(w, muid, secret, 'temperature', 36)).status, 201);
    assert.deepEqual(await products.importDevices(w.app.act(), owner.muid, id, `${csv}\r\nz,`), {
      ok: false,
      problem: 'too-many',
    });
    const stranger = await developer(w);
    assert.deepEqual(await products.importDevices(w.app.act(), stranger.muid, id, 'q,'), {
      ok: false,
      problem: 'unknown-product',
    });
  });

  test('tokens for devices are swept away with the grants that they were made for', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const { token } = await tokenFor(w, await w.user(), ['DEVICE']);
    const added = itemOf(await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid }));
    const derived = String(added['deviceToken']);
    assert.equal((await post(w, device.muid, derived, 'temperature', 36)).status, 201);
    w.app.clock.advance(400 * 24 * HOUR);
    while ((await w.app.storage.grants.sweep(w.app.clock.now(), 500)) >= 500);
    assert.equal((await post(w, device.muid, derived, 'temperature', 36)).status, 403);
    assert.equal((await post(w, device.muid, device.secret, 'temperature', 36)).status, 201);
  });
});
