import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ConfigError, insecureWarnings, loadConfig, publicUrlOf, referencePage, shownConfig } from '#config';

const KEY = 'ab'.repeat(32);
const problems = (env: Record<string, string>, file?: string): string => {
  try {
    loadConfig(env, file);
  } catch (error) {
    assert.ok(error instanceof ConfigError);
    return error.message;
  }
  return '';
};

describe('Settings', () => {
  test('have defaults that start on this machine alone', () => {
    const config = loadConfig({ PATH: '/bin', HOME: '/root' });
    assert.equal(config.port, 8080);
    assert.equal(config.host, '127.0.0.1');
    assert.equal(config.dataDir, './data');
    assert.equal(publicUrlOf(config, 8080), 'http://localhost:8080');
    assert.equal(publicUrlOf(config, 80), 'http://localhost');
    assert.ok(Object.isFrozen(config));
  });

  test('that are unknown stop the start and name the one that was meant', () => {
    assert.match(
      problems({ MEDBIZ_PUBLIC_ULR: 'x' }),
      /Unknown environment variable MEDBIZ_PUBLIC_ULR\. Did you mean MEDBIZ_PUBLIC_URL\?/,
    );
    assert.match(problems({ MEDBIZ_SOMETHING_ELSE: 'x' }), /^Unknown environment variable MEDBIZ_SOMETHING_ELSE\.$/);
  });

  test('that are wrong are told all at once, each with what it must be', () => {
    const told = problems({
      MEDBIZ_PORT: '99999',
      MEDBIZ_LOG_LEVEL: 'loud',
      MEDBIZ_CODE_SECONDS: '601',
      MEDBIZ_PUBLIC_URL: 'https://x.example/path',
    });
    assert.deepEqual(
      told.split('\n').map((line) => line.split(' ')[0]),
      ['MEDBIZ_PUBLIC_URL', 'MEDBIZ_PORT', 'MEDBIZ_LOG_LEVEL', 'MEDBIZ_CODE_SECONDS'],
    );
    for (const port of ['-1', '1e3', ' 80', '0x50', '80.0'])
      assert.match(problems({ MEDBIZ_PORT: port }), /whole number/, port);
  });

  test('come from the environment, then the file; an empty variable is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'medbiz-'));
    const file = join(folder, 'settings.json');
    writeFileSync(file, JSON.stringify({ port: 9000, brandName: '건강' }));
    const config = loadConfig({ MEDBIZ_CONFIG_FILE: file, MEDBIZ_PORT: '9001', MEDBIZ_BRAND_NAME: '' });
    assert.equal(config.port, 9001);
    assert.equal(config.brandName, '건강');
    writeFileSync(file, JSON.stringify({ prot: 1, port: [1], __proto__x: 2 }));
    assert.match(problems({}, file), /Unknown key in .*: prot\. Did you mean port\?/);
    assert.match(problems({}, file), /port in .* must be a string or a number/);
    writeFileSync(file, '[1]');
    assert.match(problems({}, file), /one JSON object/);
    assert.match(problems({ MEDBIZ_CONFIG_FILE: join(folder, 'none') }), /can not be read/);
    rmSync(folder, { recursive: true });
  });

  test('HT-16: plain http for others refuses to start, unless a proxy or TLS encrypts', () => {
    for (const url of ['http://login.example', 'http://192.168.0.2:8080', 'http://localhost.evil.example']) {
      assert.match(problems({ MEDBIZ_PUBLIC_URL: url }), /unencrypted/, url);
    }
    for (const url of ['http://localhost:8080', 'http://127.0.0.1', 'http://[::1]:9'])
      assert.equal(problems({ MEDBIZ_PUBLIC_URL: url }), '', url);
    assert.equal(problems({ MEDBIZ_PUBLIC_URL: 'http://login.example', MEDBIZ_TRUSTED_PROXIES: '1' }), '');
    assert.match(problems({ MEDBIZ_TLS_CERT: 'a' }), /together/);
    assert.match(
      problems({ MEDBIZ_TLS_CERT: 'a', MEDBIZ_TLS_KEY: 'b', MEDBIZ_PUBLIC_URL: 'http://login.example' }),
      /https/,
    );
    assert.equal(
      publicUrlOf(loadConfig({ MEDBIZ_TLS_CERT: 'a', MEDBIZ_TLS_KEY: 'b' }), 8443),
      'https://localhost:8443',
    );
  });

  test('PostgreSQL needs a master key, which is 32 bytes', () => {
    const url = { MEDBIZ_DATABASE_URL: 'postgres://localhost/medbiz' };
    assert.match(problems(url), /MEDBIZ_MASTER_KEY must be set/);
    assert.equal(problems({ ...url, MEDBIZ_MASTER_KEY: KEY }), '');
    const base64 = Buffer.from(KEY, 'hex').toString('base64');
    assert.deepEqual(loadConfig({ MEDBIZ_MASTER_KEY: base64 }).masterKey, Uint8Array.from(Buffer.from(KEY, 'hex')));
    for (const key of ['short', KEY.slice(2), `${base64}x`, '"'])
      assert.match(problems({ MEDBIZ_MASTER_KEY: key }), /32 bytes/, key);
  });

  test('mail needs a server and a sender, both well formed, and keeps its password to itself', () => {
    const both = {
      MEDBIZ_SMTP_URL: 'smtps://me:hunter2@mail.example.com:465',
      MEDBIZ_MAIL_FROM: 'no-reply@example.com',
    };
    assert.equal(problems(both), '');
    assert.match(problems({ ...both, MEDBIZ_MAIL_FROM: '' }), /must be set together/);
    assert.match(problems({ ...both, MEDBIZ_SMTP_URL: '' }), /must be set together/);
    for (const url of [
      'mail.example.com',
      'https://mail.example.com',
      'smtp://',
      'smtp://h/path',
      'smtp://h?x=1',
      'smtp://%zz@h',
    ])
      assert.match(problems({ ...both, MEDBIZ_SMTP_URL: url }), /^MEDBIZ_SMTP_URL must look like smtps:/, url);
    for (const from of ['nobody', 'MEDBIZ <a@example.com>', 'a@example.com,b@example.com', 'a@localhost'])
      assert.match(problems({ ...both, MEDBIZ_MAIL_FROM: from }), /must be one e-mail address/, from);
    assert.doesNotMatch(problems({ ...both, MEDBIZ_SMTP_URL: 'smtp://me:hunter2@h/x' }), /hunter2/);
    assert.doesNotMatch(JSON.stringify(shownConfig(loadConfig(both))), /hunter2/);
  });

  test('OP-06: insecure ones are said, in both languages', () => {
    const said = (env: Record<string, string>) => insecureWarnings(loadConfig(env));
    assert.match(said({})[0]?.en ?? '', /Plain http/);
    assert.match(said({})[0]?.ko ?? '', /http/);
    assert.match(said({ MEDBIZ_HOST: '0.0.0.0' })[1]?.en ?? '', /Other machines/);
    assert.match(said({ MEDBIZ_PUBLIC_URL: 'https://x.example' })[0]?.en ?? '', /neither TLS nor/);
    const safe = { MEDBIZ_PUBLIC_URL: 'https://x.example', MEDBIZ_TRUSTED_PROXIES: '1' };
    assert.deepEqual(said(safe), []);
    assert.match(said({ ...safe, MEDBIZ_OPERATOR_SECOND_FACTOR: 'optional' })[0]?.en ?? '', /without a second factor/);
    assert.equal(loadConfig(safe).operatorSecondFactor, 'required');
  });

  test('are shown without their secrets', () => {
    const shown = JSON.stringify(
      shownConfig(loadConfig({ MEDBIZ_MASTER_KEY: KEY, MEDBIZ_DATABASE_URL: 'postgres://me:hunter2@db/x' })),
    );
    assert.doesNotMatch(shown, /hunter2|abab/);
    assert.match(shown, /"masterKey":"\(set\)"/);
  });

  test('have a reference page that is fresh: npx medbiz config --reference > docs/configuration.md', () => {
    assert.equal(readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8'), referencePage());
  });
});
