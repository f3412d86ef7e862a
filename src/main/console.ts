import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONSOLE_PAGES } from '#contracts/console';
import type { HttpAnswer, HttpRequest, Route } from '#http';
import { DAY, PageError, SECOND } from '#kernel';

/** Where `node tools/build-console.ts` puts it. */
export const CONSOLE_DIST = fileURLToPath(new URL('../../console/dist', import.meta.url));

const YEAR = (365 * DAY) / SECOND;
const INDEX = 'index.html';
const ENDINGS = { br: '.br', gzip: '.gz' } as const;
type Encoding = keyof typeof ENDINGS;

/** What the build says of each file it made (`built.json`); nothing else of the folder is ever opened. */
interface BuiltFile {
  readonly file: string;
  readonly type: string;
  readonly immutable: boolean;
  readonly encodings: readonly Encoding[];
}

const NOT_BUILT = `<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><title>OAuth Clients</title></head>
<body>
<h1>개발자 콘솔이 아직 만들어지지 않았습니다</h1>
<p>서버가 있는 폴더에서 <code>node tools/build-console.ts</code> 를 실행하고 이 페이지를 새로 고치십시오.</p>
<h1 lang="en">The developer console is not built yet</h1>
<p lang="en">Run <code>node tools/build-console.ts</code> in the server’s folder, then reload this page.</p>
</body>
</html>
`;

/**
 * Serves the built console from `dist`: the same page at each of its addresses, and its assets, compressed where the
 * browser takes that. Files are read when they are first asked for; a new build is found by the page that names it.
 */
export function consolePageRoutes(dist: string): Route[] {
  let built: ReadonlyMap<string, BuiltFile> = new Map();
  const kept = new Map<string, Promise<Uint8Array>>();

  async function look(): Promise<void> {
    const manifest = await readFile(join(dist, 'built.json'), 'utf8').catch(absent);
    const { files } = JSON.parse(manifest ?? '{"files":[]}') as { files: readonly BuiltFile[] };
    built = new Map(files.map((one) => [one.file, one]));
  }

  /** Names of assets have their content's hash, so what was read once stays true. */
  function assetBytes(name: string): Promise<Uint8Array> {
    const reading = kept.get(name) ?? readFile(join(dist, name));
    kept.set(name, reading);
    reading.catch(() => kept.delete(name));
    return reading;
  }

  /** Null for what the build did not make. */
  async function serve(request: HttpRequest, name: string): Promise<HttpAnswer | null> {
    const file = built.get(name);
    if (file === undefined) return null;
    const encoding = takenEncoding(request, file.encodings);
    const onDisk = encoding === null ? name : name + ENDINGS[encoding];
    return {
      status: 200,
      type: file.type,
      body: file.immutable ? await assetBytes(onDisk) : await readFile(join(dist, onDisk)),
      headers: { Vary: 'Accept-Encoding', ...(encoding === null ? {} : { 'Content-Encoding': encoding }) },
      ...(file.immutable ? { cacheSeconds: YEAR } : { scripted: true }),
    };
  }

  async function page(request: HttpRequest): Promise<HttpAnswer> {
    await look();
    return (await serve(request, INDEX)) ?? { status: 503, body: NOT_BUILT };
  }

  async function asset(request: HttpRequest): Promise<HttpAnswer> {
    const answer = await serve(request, `assets/${request.pathParams['file'] ?? ''}`);
    if (answer === null) throw new PageError('not-found', 404, { reason: 'malformed' });
    return answer;
  }

  return [
    ...CONSOLE_PAGES.map((path): Route => ({ method: 'GET', path, surface: 'page', body: 'none', handle: page })),
    {
      method: 'GET',
      path: '/console/assets/:file',
      surface: 'page',
      body: 'none',
      // Another process may have shown the page that names it.
      handle: async (request) => {
        if (!built.has(`assets/${request.pathParams['file'] ?? ''}`)) await look();
        return asset(request);
      },
    },
  ];
}

/** The first of the build's encodings that the browser takes without a weight; good enough for what every browser sends. */
function takenEncoding(request: HttpRequest, encodings: readonly Encoding[]): Encoding | null {
  const taken = (request.header('accept-encoding') ?? '').split(',').map((one) => one.trim());
  return encodings.find((one) => taken.includes(one)) ?? null;
}

/** Null where there is no such file; anything else is a fault. */
function absent(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR') return null;
  throw error;
}
