/**
 * `node console/dev/fake-server.ts [port]`: the built console over a stand-in for its API, with the headers that the real
 * server sends. For looking at pages while developing; nothing of this folder is shipped.
 *
 * `/fake?as=developer&lang=ko` chooses who looks (nobody, user, newcomer, developer, operator, stale) and the language.
 */
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildConsole } from '../../tools/build-console.ts';
import { CONSOLE_PAGES, type Locale } from '../../contracts/console/index.ts';
import { createFakeApi, type Persona } from './fake-api.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
};

/** The policy that the console has to live with. */
export const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

const PATTERNS = CONSOLE_PAGES.map((path) => new RegExp(`^${path.replaceAll(/:\w+/g, '[0-9a-f]{32}')}/?$`));

const cookiesOf = (request: IncomingMessage): Map<string, string> =>
  new Map((request.headers.cookie ?? '').split('; ').map((pair) => pair.split('=', 2) as [string, string]));

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Uint8Array[] = [];
  for await (const part of request) parts.push(part as Uint8Array);
  const text = Buffer.concat(parts).toString();
  return text === '' ? undefined : JSON.parse(text);
}

/** Port 0 takes a free one. */
export function startFakeServer(port: number): Promise<Server> {
  const api = createFakeApi();
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const cookies = cookiesOf(request);
      response.setHeader('Content-Security-Policy', CONSOLE_POLICY);
      response.setHeader('X-Content-Type-Options', 'nosniff');
      if (url.pathname === '/fake') {
        const { as = 'developer', lang = 'ko' } = Object.fromEntries(url.searchParams);
        response.setHeader('Set-Cookie', [`fake-persona=${as}; Path=/`, `fake-lang=${lang}; Path=/`]);
        response.writeHead(303, { Location: '/console' }).end();
      } else if (url.pathname.startsWith('/api/v1/')) {
        const answer = api({
          method: request.method ?? 'GET',
          path: url.pathname.slice('/api/v1'.length),
          query: Object.fromEntries(url.searchParams),
          body: await bodyOf(request),
          csrf: request.headers['x-csrf-token']?.toString(),
          persona: (cookies.get('fake-persona') ?? 'developer') as Persona,
          locale: (cookies.get('fake-lang') ?? 'ko') as Locale,
        });
        response.writeHead(answer.status, { 'Content-Type': 'application/json', 'X-Request-Id': 'fake-request-1' });
        response.end(JSON.stringify(answer.body));
      } else if (url.pathname.startsWith('/console/assets/')) {
        response.setHeader('Content-Type', TYPES[extname(url.pathname)] ?? 'application/octet-stream');
        response.end(await readFile(join(DIST, url.pathname.slice('/console'.length))));
      } else if (PATTERNS.some((pattern) => pattern.test(url.pathname))) {
        response.setHeader('Content-Type', TYPES['.html'] ?? '');
        response.end(await readFile(join(DIST, 'index.html')));
      } else if (url.pathname === '/assets/icon.svg') {
        response.setHeader('Content-Type', 'image/svg+xml');
        response.end(
          '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="14" fill="#0b7a70"/></svg>',
        );
      } else if (url.pathname.startsWith('/assets/pretendard')) {
        const folder = new URL('../../node_modules/pretendard/dist/web/variable/', import.meta.url);
        const name =
          url.pathname === '/assets/pretendard.css'
            ? 'pretendardvariable-dynamic-subset.css'
            : url.pathname.slice('/assets/pretendard/'.length);
        const bytes = await readFile(new URL(name, folder));
        response.setHeader('Content-Type', name.endsWith('.css') ? 'text/css' : 'font/woff2');
        response.end(name.endsWith('.css') ? bytes.toString().replaceAll('url(./', 'url(/assets/pretendard/') : bytes);
      } else response.writeHead(404).end('not found');
    })().catch((error: unknown) => {
      console.error(request.method, request.url, error);
      response.writeHead(500).end();
    });
  });
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}

if (import.meta.main) {
  await buildConsole();
  const server = await startFakeServer(Number(process.argv[2] ?? 5180));
  const address = server.address();
  console.log(`http://localhost:${typeof address === 'object' ? address?.port : address}/fake?as=developer&lang=ko`);
}
