import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { type Installation, newInstallation, type Served } from '../support/serve.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = join(ROOT, 'bin/medbiz.js');
const PASSWORD = 'bom-gwa-yeoreum-47';

interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the program to its end, failing or not. */
async function medbiz(env: Readonly<Record<string, string>>, args: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const [out, err]: [string[], string[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk.toString()));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  await once(child, 'close');
  return { code: child.exitCode, out: out.join(''), err: err.join('') };
}

describe('The command line', () => {
  let installation: Installation;
  let served: Served;
  let clientId: string;
  const run = (args: readonly string[], input?: string) => medbiz(installation.env, args, input);
  const json = async (args: readonly string[], input?: string): Promise<Record<string, unknown>> => {
    const ran = await run(args, input);
    assert.equal(ran.code, 0, ran.err);
    return JSON.parse(ran.out) as Record<string, unknown>;
  };

  before(async () => {
    installation = await newInstallation({ MEDBIZ_LOG_LEVEL: 'debug' });
  });
  after(async () => {
    await served?.kill('SIGTERM');
    await installation.remove();
  });

  test('says what to do where nothing has been started yet', async () => {
    const ran = await run(['client', 'list']);
    assert.equal(ran.code, 1);
    assert.match(ran.err, /^medbiz: There is no database in .*\. Run "medbiz serve" or "medbiz migrate" first\.\n$/);
    const doctor = await run(['doctor']);
    assert.equal(doctor.code, 0, doctor.out);
    assert.match(doctor.out, /\[caution\] database: There is none yet/);
    assert.equal(
      existsSync(join(installation.env['MEDBIZ_DATA_DIR'] ?? '', 'medbiz.db')),
      false,
      'doctor makes nothing',
    );
  });

  test('makes folder, key, schema and a one-time link at the first start, and the link stays out of the log', async () => {
    served = await installation.start();
    const printed = served.printed();
    const link = /http:\/\/localhost:[0-9]+\/setup\?link=(mbi_\S+)/.exec(printed)?.[1];
    assert.ok(link, printed);
    assert.match(printed, /60분/);
    assert.match(printed, /주의: .*http/);
    for (const line of printed.split('\n').filter((each) => each.startsWith('{'))) assert.doesNotMatch(line, /mbi_/);
    const folder = installation.env['MEDBIZ_DATA_DIR'] ?? '';
    assert.equal(statSync(join(folder, 'master.key')).mode & 0o777, 0o600);
    assert.equal(Buffer.from(readFileSync(join(folder, 'master.key'), 'utf8'), 'base64').length, 32);
  });

  test('is ready with every part named', async () => {
    const ready = await fetch(`${installation.url}/readyz`);
    assert.deepEqual(await ready.json(), { status: 'ok', checks: { database: 'ok', migrations: 'ok', keys: 'ok' } });
    assert.deepEqual(await (await fetch(`${installation.url}/healthz`)).json(), { status: 'ok' });
  });

  test('LK-05: no secret of a request is ever logged or printed, at the most talkative level', async () => {
    const secret = 'a5ecret'.repeat(6);
    const form = {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${btoa(`x:${secret}`)}`,
        cookie: `medbiz=${secret}`,
      },
    };
    const asks: [string, RequestInit][] = [
      [
        `/oauth/token?client_secret=${secret}`,
        { ...form, body: `grant_type=authorization_code&code=${secret}&client_secret=${secret}` },
      ],
      [`/oauth/authorize?client_id=x&state=${secret}&code_challenge=${secret}`, {}],
      [`/user/me?access_token=${secret}`, { headers: { authorization: `Bearer ${secret}` } }],
      ['/oauth/introspect', { ...form, body: `token=${secret}` }],
      [`/setup?link=${secret}`, {}],
      ['/login', { ...form, body: `username=${secret}&password=${secret}&csrf=${secret}` }],
      [`/oauth/token?a=%zz&code=${secret}`, {}],
      [`/nowhere/${secret}?code=${secret}`, {}],
    ];
    for (const [path, init] of asks) {
      const answer = await fetch(installation.url + path, init);
      assert.ok(answer.status < 500, `${path} ${answer.status}`);
      await answer.arrayBuffer();
    }
    const printed = served.printed();
    assert.match(printed, /A request was refused/);
    for (const shape of [secret, btoa(`x:${secret}`), encodeURIComponent(secret)])
      assert.equal(printed.includes(shape), false);
  });

  test('makes users while the server runs', async () => {
    const args = [
      ...['user', 'create', '--user-id', 'dev', '--email', 'dev@example.com', '--name', '한빛소프트'],
      ...['--role', 'developer', '--password-stdin'],
    ];
    const made = await json([...args, '--json'], `${PASSWORD}\n`);
    assert.deepEqual(Object.keys(made), ['userMuid', 'userId', 'email', 'name', 'roles']);
    assert.match(String(made['userMuid']), /^[0-9a-f]{32}$/);
    assert.deepEqual(made['roles'], ['user', 'developer']);
    const again = await run(args, PASSWORD);
    assert.equal(again.code, 1);
    assert.match(again.err, /used before/);
    const weak = await run(
      ['user', 'create', '--user-id', 'x1y', '--email', 'no', '--name', 'x', '--password-stdin'],
      'password',
    );
    assert.equal(weak.code, 1);
    assert.match(weak.err, /e-mail/);
    assert.match(weak.err, /Many people use this password/);
  });

  test('makes a client and prints exactly what a program needs', async () => {
    const made = await json([
      ...['client', 'create', '--owner', 'DEV', '--name', '건강수첩', '--description', '혈압'],
      ...['--scope', 'profile', '--scope', 'DEVICE'],
      ...['--optional-scope', 'HEALTH', '--purpose', 'HEALTH=혈압을 보여 드립니다.'],
      ...['--auth-method', 'AUTHORIZATION_CODE', '--auth-method', 'IMPLICIT'],
      ...['--redirect-uri', 'https://app.example.com/cb', '--redirect-uri', 'http://localhost:3000/cb', '--json'],
    ]);
    const { client_id, client_secret, ...rest } = made;
    assert.match(String(client_id), /^[0-9a-f]{32}$/);
    assert.match(String(client_secret), /^[0-9a-f]{32}$/);
    assert.deepEqual(rest, {
      name: '건강수첩',
      status: 'PENDING',
      scopes: ['PROFILE', 'DEVICE', 'HEALTH'],
      auth_methods: ['AUTHORIZATION_CODE', 'IMPLICIT'],
      redirect_uris: ['https://app.example.com/cb', 'http://localhost:3000/cb'],
    });
    clientId = String(client_id);
  });

  test('takes it through its review, in the order that is possible', async () => {
    assert.match((await run(['client', 'suspend', clientId])).err, /PENDING can not be suspended/);
    assert.equal(
      (await json(['client', 'approve', clientId, '--allow-implicit', '--reason', 'fine', '--json']))['status'],
      'ACTIVE',
    );
    assert.equal((await json(['client', 'suspend', clientId, '--json']))['status'], 'SUSPENDED');
    assert.equal((await json(['client', 'reinstate', clientId, '--json']))['status'], 'ACTIVE');
    const allowed = await json([
      ...['client', 'allow', clientId, '--grant', 'password'],
      ...['--get-token', '--resource-server', '--json'],
    ]);
    assert.deepEqual((allowed['allowances'] as string[]).toSorted(), [
      'get-token',
      'implicit',
      'password',
      'resource-server',
    ]);
    const taken = await json([
      ...['client', 'disallow', clientId, '--grant', 'implicit'],
      ...['--get-token', '--resource-server', '--json'],
    ]);
    assert.deepEqual(taken['allowances'], ['password']);
    assert.match((await run(['client', 'approve', 'f'.repeat(32)])).err, /There is no client with this id/);
    assert.match((await run(['client', 'list'])).out, new RegExp(`^${clientId}  ACTIVE +건강수첩`, 'm'));
  });

  test('makes an approved spa client without a secret', async () => {
    const made = await json([
      ...['client', 'create', '--owner', 'dev', '--name', 'SPA', '--type', 'spa'],
      ...['--scope', 'PROFILE', '--auth-method', 'AUTHORIZATION_CODE'],
      ...['--redirect-uri', 'https://spa.example.com/cb', '--active', '--json'],
    ]);
    assert.equal(made['client_secret'], null);
    assert.equal(made['status'], 'ACTIVE');
  });

  test('refuses what it does not understand with code 2, and tells no stack', async () => {
    for (const args of [
      ['nothing'],
      [],
      ['serve', '--port', '1'],
      ['user', 'delete'],
      ['user', 'create', '--user-id', 'x', '--email', 'x@example.com', '--name', 'x', '--password', 'secret'],
      ['user', 'create', '--user-id', 'x', '--email', 'x@example.com', '--name', 'x'],
      ['client', 'create', '--owner', 'dev', '--name', 'x', '--scope', 'EVERYTHING'],
      ['client', 'approve'],
      ['client', 'approve', clientId, 'more'],
      ['client', 'approve', clientId.toUpperCase()],
      ['client', 'allow', clientId],
      ['toString'],
    ]) {
      const ran = await run(args);
      assert.equal(ran.code, 2, `${args.join(' ')}: ${ran.err}`);
      assert.match(ran.err, /^medbiz: [^\n]+\n$/);
      assert.doesNotMatch(ran.err, / at .*\.ts/);
    }
    const problems = await run([
      ...['client', 'create', '--owner', 'dev', '--name', 'x', '--scope', 'PROFILE'],
      ...['--auth-method', 'AUTHORIZATION_CODE', '--redirect-uri', 'http://app.example.com/cb#x'],
    ]);
    assert.equal(problems.code, 1);
    assert.match(problems.err, /--redirect-uri http:\/\/app\.example\.com\/cb#x (?:must|is)/);
  });

  test('rotates the signing key; the one before stays published', async () => {
    const earlier = await publishedKeys();
    const { kid } = await json(['keys', 'rotate', '--json']);
    const published = await publishedKeys();
    assert.deepEqual(published.toSorted(), [...earlier, String(kid)].toSorted());
  });

  async function publishedKeys(): Promise<string[]> {
    const { keys } = (await (await fetch(`${installation.url}/oauth/jwks`)).json()) as {
      keys: Record<string, string>[];
    };
    // JW-19: nothing private is ever published.
    for (const key of keys)
      assert.deepEqual(Object.keys(key).toSorted(), ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    return keys.map((key) => key['kid'] ?? '');
  }

  test('finds the audit log whole, and says that all is well', async () => {
    const report = await json(['audit', 'verify', '--json']);
    assert.deepEqual(report['broken'], []);
    const doctor = await run(['doctor']);
    assert.equal(doctor.code, 0, doctor.out);
    assert.match(doctor.out, /\[caution\] operator: There is no operator/);
    assert.match(doctor.out, /\[ok\] +master key: It is the one/);
  });

  test('backs up while the server runs, into a new file only', async () => {
    const file = join(installation.env['MEDBIZ_DATA_DIR'] ?? '', 'backup.db');
    assert.equal((await run(['backup', file])).code, 0);
    assert.ok(statSync(file).size > 0);
    assert.match((await run(['backup', file])).err, /exists already/);
    const header = readFileSync(file).subarray(0, 15).toString();
    assert.equal(header, 'SQLite format 3');
    assert.equal(
      readFileSync(file).includes(
        readFileSync(join(installation.env['MEDBIZ_DATA_DIR'] ?? '', 'master.key'), 'utf8').trim(),
      ),
      false,
    );
  });

  test('shows its settings without secrets, and needs no database for it', async () => {
    const shown = await json(['config', '--json']);
    assert.equal(shown['dataDir'], installation.env['MEDBIZ_DATA_DIR']);
  });

  test('starts a second time in under two seconds, and ends cleanly', async () => {
    assert.equal(await served.kill('SIGTERM'), 0);
    served = await installation.start();
    assert.ok(served.startedInMs < 2000, `${served.startedInMs} ms`);
    const taken = await run(['serve']);
    assert.equal(taken.code, 1);
    assert.match(taken.err, /is in use/);
  });

  test('OP-03: refuses to start with a key that others can read, with a wrong key, and without its key', async () => {
    await served.kill('SIGTERM');
    const path = join(installation.env['MEDBIZ_DATA_DIR'] ?? '', 'master.key');
    const key = readFileSync(path, 'utf8');
    chmodSync(path, 0o644);
    assert.match((await run(['serve'])).err, /chmod 600/);
    rmSync(path);
    assert.match((await run(['serve'])).err, /is missing/);
    assert.equal(existsSync(path), false, 'no new key is made for old data');
    writeFileSync(path, `${Buffer.alloc(32, 1).toString('base64')}\n`, { mode: 0o600 });
    assert.match((await run(['serve'])).err, /not the one that this data was made with/);
    assert.match((await run(['doctor'])).out, /\[wrong\] +master key/);
    writeFileSync(path, key, { mode: 0o600 });
    assert.equal((await run(['restored'])).code, 0);
  });
});

describe('The launcher', () => {
  const folder = mkdtempSync(join(tmpdir(), 'medbiz-'));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const PATH = (process.env['PATH'] ?? '')
    .split(':')
    .filter((part) => !part.includes('node_modules'))
    .join(':');
  const bare = { PATH, HOME: folder };
  const sh = (command: string): Promise<Ran> =>
    new Promise((resolve) => {
      execFile('/bin/sh', ['-c', command], { cwd: ROOT, env: bare }, (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code), out, err });
      });
    });

  test('npx medbiz works from whatever Node npm runs on', async () => {
    const ran = await sh('npx --no-install medbiz help');
    assert.equal(ran.code, 0, ran.err);
    assert.match(ran.out, /medbiz <command>/);
  });

  test('an older Node hands over to the pinned one, with its exit code and its output', async () => {
    const ran = await sh('node bin/medbiz.js nothing');
    assert.equal(ran.code, 2);
    assert.match(ran.err, /^medbiz: There is no command nothing/);
    assert.match((await sh('node bin/medbiz.js --version')).out, /^[0-9]+\.[0-9]+\.[0-9]+\n$/);
  });
});
