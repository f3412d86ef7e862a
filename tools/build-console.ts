/**
 * `node tools/build-console.ts`: builds the console into `console/dist`, but only when its sources changed. `npm start`
 * runs it, so a fresh console costs a few milliseconds and Vite is not even loaded.
 *
 * Beside each text file stand its `.br` and `.gz`. `built.json` lists what the server may serve, and the hash of the
 * sources it was made from. A new build is put in place by renaming, so a server that starts meanwhile finds a whole one.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONSOLE = join(ROOT, 'console');
const DIST = join(CONSOLE, 'dist');
/** What the console is made of; `dev` is never part of it. */
const SOURCES = ['console', 'contracts/console', 'src/signin/assets/medbiz.css', 'tools/build-console.ts'] as const;
const LEFT_OUT: ReadonlySet<string> = new Set(['dist', 'dev', 'node_modules']);
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** One file of the built console. */
export interface BuiltFile {
  /** Within `console/dist`, with forward slashes. */
  readonly file: string;
  readonly type: string;
  /** Its name holds the hash of its content: it may be kept for ever. */
  readonly immutable: boolean;
  readonly encodings: readonly ('br' | 'gzip')[];
  readonly bytes: number;
}

export interface Built {
  readonly sources: string;
  readonly files: readonly BuiltFile[];
}

/** Builds if needed. Answers whether it had to. */
export async function buildConsole(): Promise<boolean> {
  const sources = await hashOfSources();
  if ((await builtFrom()) === sources) return false;
  const fresh = `${DIST}-${process.pid}`;
  try {
    // Whatever the server runs as: a development build of React would be twice as large.
    process.env['NODE_ENV'] = 'production';
    const { build } = await import('vite');
    await build({
      configLoader: 'native',
      configFile: join(CONSOLE, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: fresh },
    });
    const built: Built = { sources, files: await compressAll(fresh) };
    await writeFile(join(fresh, 'built.json'), `${JSON.stringify(built, null, 2)}\n`);
    await rm(DIST, { recursive: true, force: true });
    await rename(fresh, DIST);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return true;
}

async function builtFrom(): Promise<string | null> {
  try {
    return (JSON.parse(await readFile(join(DIST, 'built.json'), 'utf8')) as Built).sources;
  } catch {
    return null;
  }
}

async function hashOfSources(): Promise<string> {
  const files = (await Promise.all(SOURCES.map((source) => filesOf(join(ROOT, source))))).flat().toSorted();
  const hash = createHash('sha256');
  for (const [at, content] of (await Promise.all(files.map((file) => readFile(file)))).entries()) {
    hash.update(
      `${relative(ROOT, files[at] ?? '')
        .split(sep)
        .join('/')}\n${content.length}\n`,
    );
    hash.update(content);
  }
  // The libraries are part of what is built; these are the versions that are installed.
  hash.update(await readFile(join(ROOT, 'node_modules/.package-lock.json')).catch(() => ''));
  return hash.digest('base64url');
}

async function filesOf(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
  if (entries === null) return [path];
  const wanted = entries.filter(({ name }) => !name.startsWith('.') && !LEFT_OUT.has(name) && !/^dist-\d+$/.test(name));
  const found = await Promise.all(
    wanted.map(async (entry) => (entry.isDirectory() ? filesOf(join(path, entry.name)) : [join(path, entry.name)])),
  );
  return found.flat();
}

async function compressAll(folder: string): Promise<BuiltFile[]> {
  const files = (await filesOf(folder)).toSorted();
  return Promise.all(
    files.map(async (path): Promise<BuiltFile> => {
      const file = relative(folder, path).split(sep).join('/');
      const content = await readFile(path);
      const type = TYPES[extname(path)] ?? 'application/octet-stream';
      const isText = /^(?:text|image\/svg)/.test(type);
      if (isText)
        await Promise.all([
          writeFile(`${path}.br`, await brotli(content)),
          writeFile(`${path}.gz`, await gzipped(content)),
        ]);
      return {
        file,
        type,
        immutable: file.startsWith('assets/'),
        encodings: isText ? ['br', 'gzip'] : [],
        bytes: content.length,
      };
    }),
  );
}

const brotli = (content: Uint8Array): Promise<Uint8Array> =>
  promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
const gzipped = (content: Uint8Array): Promise<Uint8Array> => promisify(gzip)(content, { level: 9 });

if (import.meta.main) {
  const begun = performance.now();
  if (await buildConsole()) {
    console.log(`콘솔을 만들었습니다. · Built the console. (${((performance.now() - begun) / 1000).toFixed(1)} s)`);
  }
}
