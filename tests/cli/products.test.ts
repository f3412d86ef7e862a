import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { type Installation, makePeople, newInstallation, type Served } from '../support/serve.ts';

describe('Products and devices on the command line', () => {
  let installation: Installation;
  let served: Served;
  const json = async (args: readonly string[]): Promise<Record<string, unknown>> =>
    JSON.parse(await installation.run([...args, '--json'])) as Record<string, unknown>;
  const file = (name: string, text: string): string => {
    const path = join(installation.env['MEDBIZ_DATA_DIR'] ?? '', name);
    writeFileSync(path, text);
    return path;
  };

  before(async () => {
    installation = await newInstallation();
    served = await installation.start();
    await makePeople(installation, 'https://app.example.com/cb');
  });
  after(async () => {
    await served.kill('SIGTERM');
    await installation.remove();
  });

  test('a product, its review, a device and its secret are made while the server runs, and the device posts', async () => {
    // The manifest that the page about devices shows is one that works.
    const page = readFileSync(new URL('../../docs/devices.md', import.meta.url), 'utf8');
    const manifest = file('manifest.json', /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
    const wish = [
      '--owner',
      'dev',
      '--name',
      '혈압계',
      '--model-code',
      'HB-1',
      '--maker',
      '한빛',
      '--manifest',
      manifest,
    ];
    const product = await json(['product', 'create', ...wish]);
    assert.equal(product['status'], 'PENDING');
    assert.equal(product['manifest'], 1);
    const id = String(product['model_muid']);
    assert.equal((await json(['product', 'approve', id, '--reason', '확인']))['status'], 'ACTIVE');
    const device = await json(['device', 'create', '--product', id, '--serial', 'SN-1', '--mac', '00-1a-2b-3c-4d-5e']);
    assert.equal(device['mac'], '00:1A:2B:3C:4D:5E');
    const send = async (secret: unknown) =>
      (
        await fetch(`${installation.url}/Mobius/${String(device['device_muid'])}/fields/bloodpressure`, {
          method: 'POST',
          headers: { 'x-m2m-origin': String(secret), 'x-m2m-ri': '1', 'content-type': 'application/json;ty=4' },
          body: JSON.stringify({ 'm2m:cin': { con: { systolic: 123 } } }),
        })
      ).status;
    assert.equal(await send(device['device_secret']), 201);
    const rotated = await json(['device', 'rotate-secret', String(device['device_muid'])]);
    assert.equal(await send(device['device_secret']), 403);
    assert.equal(await send(rotated['device_secret']), 201);

    const list = await json(['device', 'import', file('list.csv', 'serial,mac\nSN-2,\nSN-3,\n'), '--product', id]);
    assert.equal((list['made'] as unknown[]).length, 2);
    await assert.rejects(
      installation.run(['device', 'import', file('bad.csv', 'SN-2,\n'), '--product', id]),
      /repeated-serial/,
    );
    await assert.rejects(
      installation.run(['device', 'create', '--product', id, '--serial', 'SN-1']),
      /serial number already/,
    );
    await assert.rejects(installation.run(['product', 'create', ...wish.slice(0, -2)]), /--manifest is needed/);
    await assert.rejects(installation.run(['product', 'approve', id]), /present status/);
  });
});
