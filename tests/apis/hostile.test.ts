import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Value } from 'typebox/value';
import { ApiErrorBody, M2mError, OPERATIONS } from '#contracts';
import { call, itemOf, makeDevice, makeProduct, tokenFor } from '../support/devices.ts';
import { onBoth } from '../support/suite.ts';

/** What has broken parsers, databases and templates before; each must be an answer, and never a fault. */
const HOSTILE: readonly unknown[] = [
  ...[
    '',
    ' ',
    '\0',
    '%00',
    '\u202e',
    '\ud800',
    '😀'.repeat(300),
    "' or 1=1 --",
    '"; drop table device; --',
    '../../etc/passwd',
  ],
  ...[
    '$(id)',
    '{{7*7}}',
    '<script>alert(1)</script>',
    'x'.repeat(5000),
    '__proto__',
    'constructor',
    'null',
    'undefined',
    'NaN',
  ],
  ...[
    '-1',
    '0',
    '1e308',
    '9'.repeat(30),
    '0x7',
    '７',
    '1.0',
    'true',
    '2026-02-30T00:00:00',
    '9999-99-99T99:99:99',
    '\r\nX: y',
  ],
  ...[null, true, -1, 0, 1e308, 2 ** 53, [], [[]], {}, { a: { b: 1 } }, [1, 'x', null], { toString: 1 }],
];

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** What a URL can hold of it: half a surrogate is none. */
const encoded = (value: unknown): string => encodeURIComponent(asText(value).toWellFormed());

onBoth('Hostile values', (world) => {
  test('in every parameter, path and member of every operation are answered in the shape of the contract', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const { token } = await tokenFor(w, await w.user(), ['PROFILE', 'DEVICE', 'HEALTH']);
    const added = itemOf(await call(w, token, 'POST', '/v1/devices', { deviceMuid: device.muid }));
    const secret = String(added['deviceToken']);
    const good: Readonly<Record<string, string>> = {
      deviceMuid: device.muid,
      field: 'bloodpressure',
      obxRootRefId: 'BLOOD_PRESSURE',
      modelMuid: '0'.repeat(32),
      serial: 'x',
      userid: 'x',
    };
    const namesOf = (schema: unknown): string[] =>
      typeof schema === 'object' && schema !== null && 'properties' in schema
        ? Object.keys(schema.properties as Record<string, unknown>)
        : [];
    let asked = 0;
    for (const operation of OPERATIONS) {
      const isDevice = operation.needs === 'device secret';
      const names = [
        ...namesOf(operation.params).map((name) => ['path', name] as const),
        ...namesOf(operation.query).map((name) => ['query', name] as const),
        ...(operation.body === undefined
          ? []
          : (['deviceMuid', 'deviceNickname', 'con', 'cnf', 'm2m:cin'] as const)
        ).map((name) => ['body', name] as const),
      ];
      for (const [where, name] of names) {
        for (const value of HOSTILE) {
          const path = operation.path.replaceAll(/:(\w+)/g, (_, one: string) =>
            where === 'path' && one === name ? encoded(value) : (good[one] ?? ''),
          );
          const query = namesOf(operation.query)
            .filter((one) => one === name || (where !== 'query' && good[one] !== undefined) || good[one] !== undefined)
            .map((one) => `${one}=${one === name ? encoded(value) : encodeURIComponent(good[one] ?? '')}`)
            .join('&');
          const members = {
            deviceMuid: device.muid,
            deviceNickname: 'x',
            ...(where === 'body' ? { [name]: value } : {}),
          };
          const cin = { con: { systolic: value, taken_at: value }, ...(where === 'body' ? { [name]: value } : {}) };
          const body = isDevice ? { 'm2m:cin': name === 'm2m:cin' ? value : cin } : members;
          const response = await fetch(`${w.url}${path}${query === '' ? '' : `?${query}`}`, {
            method: operation.method === 'DELETE' ? 'GET' : operation.method,
            headers: {
              'content-type': isDevice ? 'application/json;ty=4' : 'application/json',
              ...(isDevice ? { 'x-m2m-origin': secret, 'x-m2m-ri': '1' } : { authorization: `Bearer ${token}` }),
            },
            ...(operation.body === undefined ? {} : { body: JSON.stringify(body) }),
          });
          asked += 1;
          const what = `${operation.method} ${path.slice(0, 200)} ${where} ${name}=${asText(value).slice(0, 60)}: ${response.status}`;
          const text = await response.text();
          assert.ok(response.status < 500, `${what} ${text}`);
          if (response.status < 300) continue;
          const schema = path.startsWith('/Mobius') ? M2mError : ApiErrorBody;
          assert.ok(Value.Check(schema, JSON.parse(text)), `${what} ${text}`);
        }
      }
    }
    assert.ok(asked > 1000, String(asked));
    const faults = w.app.logged.filter(({ level }) => level === 'error');
    assert.deepEqual(faults, []);
  });
});
