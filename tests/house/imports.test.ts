import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CONSOLE_CONTRACTS, MODULES, PORTS } from '../../tools/imports.ts';
import { OXLINT_CONFIG } from '../../tools/lint/config.ts';

const OXLINT = fileURLToPath(new URL('../../node_modules/oxlint/bin/oxlint', import.meta.url));
const RULES = ['no-restricted-imports', 'no-restricted-properties'];

/** What oxlint with our configuration says about single lines, each a file of its own. */
describe('The import table, as oxlint applies it,', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medbiz-lint-'));
    const [, ...json] = (await readFile(OXLINT_CONFIG, 'utf8')).split('\n');
    const config = JSON.parse(json.join('\n')) as Record<string, unknown>;
    // The lines import what is not there, so types have nothing to say.
    await writeFile(join(folder, '.oxlintrc.json'), JSON.stringify({ ...config, options: {} }));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** The lines that the table refuses in this file. */
  async function refused(path: string, lines: readonly string[]): Promise<string[]> {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, lines.join('\n'));
    const printed = await new Promise<string>((resolve) => {
      execFile(process.execPath, [OXLINT, '--format=unix', file], { cwd: folder }, (_error, out, err) => {
        resolve(`${out}${err}`);
      });
    });
    const found = printed.split('\n').filter((line) => RULES.some((rule) => line.includes(`(${rule})`)));
    const at = new Set(found.map((line) => Number(/:(\d+):\d+: /.exec(line)?.[1]) - 1));
    return lines.filter((_line, index) => at.has(index));
  }
  const from = (name: string): string => `export * from '${name}';`;

  test('lets kernel import nothing but cryptography', async () => {
    const others = MODULES.filter((module) => module !== 'kernel').map((module) => from(`#${module}`));
    const wrong = [...others, ...['node:fs', 'typebox', 'node:crypto/x', 'left-pad'].map(from)];
    assert.deepEqual(await refused('src/kernel/a.ts', [...wrong, from('node:crypto'), from('./b.ts')]), wrong);
  });

  test('refuses a relative path that leaves its module, however it is written, at every depth', async () => {
    const shapes = ['../oauth/x.ts', './../oauth/x.ts', './deep/../../oauth/x.ts', '../../contracts/index.ts'].map(
      from,
    );
    assert.deepEqual(await refused('src/identity/a.ts', shapes), shapes);
    const deeper = [from('../x.ts'), from('../../oauth/x.ts')];
    assert.deepEqual(await refused('src/identity/deep/a.ts', deeper), deeper.slice(1));
    const deepest = [from('../../x.ts'), from('../../../oauth/x.ts')];
    assert.deepEqual(await refused('src/identity/deep/deep/a.ts', deepest), deepest.slice(1));
    assert.deepEqual(await refused('contracts/a.ts', [from('../src/kernel/index.ts')]), [
      from('../src/kernel/index.ts'),
    ]);
  });

  test('counts types, dynamic imports and bare imports', async () => {
    const lines = ["import type { A } from '#http';", "const b = await import('#http');", "import '#http';"];
    assert.deepEqual(await refused('src/oauth/a.ts', lines), lines);
  });

  test('shows storage every port and no module', async () => {
    const modules = MODULES.filter((module) => !['kernel', 'config'].includes(module)).map((name) => from(`#${name}`));
    const right = ['#kernel', '#config', ...PORTS, 'kysely', 'pg', 'node:sqlite', 'node:worker_threads'].map(from);
    assert.deepEqual(await refused('src/storage/sql/a.ts', [...modules, ...right]), modules);
  });

  test('lets a port import kernel and other ports alone', async () => {
    const wrong = ['#audit', '../index.ts', 'node:crypto', 'pg'].map(from);
    const right = ['#kernel', './x.ts', ...PORTS].map(from);
    assert.deepEqual(await refused('src/identity/ports/a.ts', [...wrong, ...right]), wrong);
  });

  test('keeps the protocol away from HTTP, pages, SQL and the users table', async () => {
    const wrong = ['#http', '#signin', '#storage', '#identity', '#consent', '#config', 'fastify', 'pg', 'node:http'];
    const right = ['#kernel', '#audit', '#audit/ports', 'jose', 'node:crypto'];
    const lines = [...wrong, ...right].map(from);
    assert.deepEqual(await refused('src/oauth/grants/a.ts', lines), wrong.map(from));
  });

  test('gives each package to the module that owns it', async () => {
    const owners = {
      fastify: 'http',
      pg: 'storage',
      kysely: 'storage',
      'node:sqlite': 'storage',
      pino: 'main',
      '@node-rs/argon2': 'identity',
      'hono/html': 'signin',
      jose: 'oauth',
    };
    const lines = Object.keys(owners).map(from);
    for (const module of MODULES) {
      if (module === 'contracts') continue;
      const foreign = Object.entries(owners).flatMap(([name, owner]) => (owner === module ? [] : [from(name)]));
      assert.deepEqual(await refused(`src/${module}/a.ts`, lines), foreign, module);
    }
  });

  test('OP-05: refuses Math.random everywhere, and the environment outside of settings', async () => {
    const lines = ['const { env } = process;', "env['A'] = process.env['B'];", 'globalThis.process;', 'Math.random();'];
    const environment = lines.slice(0, 3);
    assert.deepEqual(await refused('src/signin/a.ts', lines), lines);
    assert.deepEqual(await refused('src/signin/a.ts', [from('node:process')]), [from('node:process')]);
    assert.deepEqual(await refused('src/config/a.ts', environment), []);
    assert.deepEqual(await refused('src/main/cli.ts', environment), []);
    assert.deepEqual(await refused('src/main/app.ts', environment), environment);
    assert.deepEqual(await refused('tools/a.ts', lines), lines.slice(3));
  });

  test('knows the doors of package.json and no other', async () => {
    const manifest = JSON.parse(await readFile(new URL('../../package.json', import.meta.url), 'utf8')) as {
      imports: Record<string, string>;
    };
    const doors = [...MODULES.map((module) => `#${module}`), ...PORTS, CONSOLE_CONTRACTS];
    assert.deepEqual(Object.keys(manifest.imports).toSorted(), doors.toSorted());
  });
});
