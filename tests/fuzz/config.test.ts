import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { ConfigError, isLoopback, loadConfig, publicUrlOf, shownConfig } from '#config';
import { databaseUrl, key32, origin, whole } from '../../src/config/parse.ts';
import { OPTIONS } from '../../src/config/options.ts';
import { always, anyText, linear } from '../support/fuzz.ts';

const NAMES = Object.values(OPTIONS).map(({ env }) => env);
const own = 'https://localhost:8080.example;postgres@?#/ABCdef0123456789=+-_\\';
const value = fc.oneof(
  anyText(own),
  fc.constantFrom(
    '1',
    '60',
    '0',
    'true',
    'always',
    'https://login.example.com',
    'postgres://u:hidden@h/db',
    'localhost',
    'debug',
  ),
  fc.webUrl(),
  fc.nat().map(String),
);

function attempt(env: Record<string, string>): { config: ReturnType<typeof loadConfig> | null; message: string } {
  try {
    return { config: loadConfig(env), message: '' };
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error));
    return { config: null, message: error.message };
  }
}

describe('Settings', () => {
  always(
    'are all valid and frozen, or refused in words',
    fc.dictionary(fc.constantFrom(...NAMES), value, { maxKeys: 6 }),
    (env) => {
      const { config, message } = attempt(env);
      if (config === null) {
        assert.match(message, /MEDBIZ_/);
        return;
      }
      assert.ok(Object.isFrozen(config));
      assert.deepEqual(Object.keys(config), Object.keys(OPTIONS));
      const url = new URL(publicUrlOf(config, 8080));
      // What would send passwords in the clear never starts, unless a proxy of ours is said to encrypt.
      assert.ok(url.protocol === 'https:' || isLoopback(url.hostname) || config.trustedProxies > 0);
      assert.ok(config.databaseUrl === null || config.masterKey !== null);
    },
  );

  always(
    'that are unknown are refused by name',
    fc.tuple(anyText('ABCDEFGHIJKLMNOPQRSTUVWXYZ_', 20), value),
    ([rest, text]) => {
      const name = `MEDBIZ_${rest}`;
      if (NAMES.includes(name) || name === 'MEDBIZ_CONFIG_FILE') return;
      const { config, message } = attempt({ [name]: text });
      assert.equal(config, null);
      assert.ok(message.includes(name));
    },
  );

  always(
    'that are secret are neither shown nor told in an error',
    fc.tuple(
      fc.constantFrom('MEDBIZ_MASTER_KEY', 'MEDBIZ_DATABASE_URL'),
      fc.stringMatching(/^[A-Za-z0-9+/:=@]{12,50}$/),
    ),
    ([name, secret]) => {
      const { config, message } = attempt({
        [name]: secret,
        ...(name === 'MEDBIZ_DATABASE_URL' ? { MEDBIZ_MASTER_KEY: 'ab'.repeat(32) } : {}),
      });
      assert.equal(message.includes(secret), false);
      if (config !== null) assert.equal(JSON.stringify(shownConfig(config)).includes(secret), false);
    },
  );

  always(
    'give numbers within their bounds',
    fc.tuple(anyText('0123456789-+.eE x', 16), fc.nat({ max: 1000 }), fc.nat({ max: 100_000 })),
    ([text, least, more]) => {
      const read = whole(least, least + more)(text);
      if (read.ok)
        assert.ok(
          Number.isInteger(read.value) && read.value >= least && read.value <= least + more && /^\d+$/.test(text),
        );
    },
  );

  always('give a public address that is an origin and nothing more', value, (text) => {
    const read = origin(text);
    if (!read.ok) return;
    assert.equal(new URL(read.value).origin, read.value);
    assert.equal(text.replace(/\/$/, ''), read.value);
  });

  always(
    'give keys of 32 bytes',
    fc.oneof(
      anyText(own, 66),
      fc.uint8Array({ minLength: 30, maxLength: 34 }).map((bytes) => Buffer.from(bytes).toString('base64')),
    ),
    (text) => {
      const read = key32(text);
      if (read.ok) assert.equal(read.value.length, 32);
    },
  );

  for (const [name, parse] of Object.entries({ origin, databaseUrl, key32, whole: whole(0, 10) }))
    linear(name, own, parse);
});
