import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CONSOLE_PAGES } from '#contracts/console';
import type { HttpAnswer, Route } from '#http';
import { DAY, PageError, SECOND } from '#kernel';

/** Where `npm run build -w console` puts it. */
export const CONSOLE_DIST = fileURLToPath(new URL('../../console/dist', import.meta.url));

const YEAR = (365 * DAY) / SECOND;
const FILE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]*\.([a-z0-9]+)$/;
const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

const NOT_BUILT = `<!doctype html>
<html lang="ko">
<head><meta charset="utf-8"><title>OAuth Clients</title></head>
<body>
<h1>개발자 콘솔이 아직 만들어지지 않았습니다</h1>
<p>서버가 있는 폴더에서 <code>npm run build -w console</code> 을 실행하고 이 페이지를 새로 고치십시오.</p>
<h1 lang="en">The developer console is not built yet</h1>
<p lang="en">Run <code>npm run build -w console</code> in the server’s folder, then reload this page.</p>
</body>
</html>
`;

/**
 * Serves the built console from `dist`: the same page at each of its addresses, and its assets, whose names have their
 * content's hash. A file is read when it is first asked for.
 */
export function consolePageRoutes(dist: string): Route[] {
  const kept = new Map<string, Promise<Uint8Array>>();

  async function page(): Promise<HttpAnswer> {
    const index = await readFile(join(dist, 'index.html'), 'utf8').catch(absent);
    return index === null ? { status: 503, body: NOT_BUILT } : { status: 200, body: index, scripted: true };
  }

  async function asset(name: string): Promise<HttpAnswer> {
    const type = TYPES[FILE_NAME.exec(name)?.[1] ?? ''];
    const bytes = type === undefined ? null : await read(name);
    if (type === undefined || bytes === null) throw new PageError('not-found', 404, { reason: 'malformed' });
    return { status: 200, type, body: bytes, cacheSeconds: YEAR };
  }

  async function read(name: string): Promise<Uint8Array | null> {
    const reading = kept.get(name) ?? readFile(join(dist, 'assets', name));
    kept.set(name, reading);
    try {
      return await reading;
    } catch (error) {
      // Not kept: the next build may bring it, and names that people make up must not fill the memory.
      kept.delete(name);
      return absent(error);
    }
  }

  return [
    ...CONSOLE_PAGES.map((path): Route => ({ method: 'GET', path, surface: 'page', body: 'none', handle: page })),
    {
      method: 'GET',
      path: '/console/assets/:file',
      surface: 'page',
      body: 'none',
      handle: (request) => asset(request.pathParams['file'] ?? ''),
    },
  ];
}

/** Null where there is no such file; anything else is a fault. */
function absent(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return null;
  throw error;
}
