import { once } from 'node:events';
import { connect } from 'node:net';
import { createEdge, type EdgeOptions, type HttpRequest, type Logger, openListener, type Route } from '#http';
import { fakeClock } from './clock.ts';

/** The edge alone, with routes that say what they were given, for sentences about requests and headers. */
export interface TestEdge {
  readonly port: number;
  /** As a browser names it. */
  readonly url: string;
  readonly logged: { level: string; details: Record<string, unknown>; message: string }[];
  close(): Promise<void>;
}

/** What a telling route was given, as it says in JSON. */
interface Told {
  readonly query: Record<string, string> | null;
  readonly form: Record<string, string>;
  readonly json: unknown;
  readonly cookies: Record<string, string>;
  readonly params: Record<string, string>;
  readonly address: string;
  readonly locale: string;
}

export const toldBy = (answer: { readonly body: string }): Told => JSON.parse(answer.body) as Told;

const told = (request: HttpRequest): Told => ({
  query: request.path === '/oauth/token' ? null : Object.fromEntries(request.query()),
  form: Object.fromEntries(request.form),
  json: request.json ?? null,
  cookies: Object.fromEntries(request.cookies),
  params: request.pathParams,
  address: request.address,
  locale: request.locale,
});

const telling = (route: Omit<Route, 'handle'>): Route => ({
  ...route,
  handle: async (request) => ({ status: 200, body: told(request) }),
});

const html = async (): Promise<{ status: number; body: string }> => ({
  status: 200,
  body: '<!doctype html><title>page</title>',
});

export const ROUTES: readonly Route[] = [
  telling({ method: 'POST', path: '/oauth/token', surface: 'oauth', body: 'form', cors: 'public-client' }),
  telling({ method: 'GET', path: '/.well-known/thing', surface: 'oauth', body: 'none', cors: 'metadata' }),
  telling({ method: 'GET', path: '/user/me', surface: 'api', body: 'none' }),
  telling({ method: 'POST', path: '/v1/things', surface: 'api', body: 'json' }),
  telling({ method: 'DELETE', path: '/v1/things/:thing', surface: 'api', body: 'none' }),
  telling({ method: 'GET', path: '/healthz', surface: 'plain', body: 'none' }),
  { method: 'GET', path: '/page', surface: 'page', body: 'none', handle: html },
  { method: 'GET', path: '/oauth/authorize', surface: 'page', body: 'none', handle: html },
  telling({ method: 'POST', path: '/form', surface: 'page', body: 'form' }),
];

const quiet = (into: TestEdge['logged']): Logger => {
  const write = (level: string) => (details: object, message: string) => {
    into.push({ level, details: { ...details }, message });
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
};

export async function startEdge(more: Partial<EdgeOptions> = {}): Promise<TestEdge> {
  const listener = await openListener({ host: '127.0.0.1', port: 0, tls: null });
  const url = `http://localhost:${listener.port}`;
  const logged: TestEdge['logged'] = [];
  const edge = await createEdge(
    {
      routes: ROUTES,
      publicUrl: url,
      trustedProxies: 0,
      logger: quiet(logged),
      clock: fakeClock(),
      renderPageError: (error, context) =>
        `<!doctype html><html lang="${context.locale}"><p id="kind">${error.kind}</p>`,
      isPublicClientOrigin: async (origin) => origin === 'https://spa.example',
      ...more,
    },
    listener,
  );
  return { port: listener.port, url, logged, close: () => edge.close() };
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
}

/** Sends these lines to the byte, which fetch would tidy up. `Connection: close` is added. */
export async function rawRequest(
  port: number,
  lines: readonly string[],
  body: string | Buffer = '',
): Promise<RawAnswer> {
  const socket = connect(port, '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(`${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n`);
  socket.write(body);
  await once(socket, 'close');
  const [head = '', ...rest] = Buffer.concat(chunks).toString().split('\r\n\r\n');
  const [first = '', ...fields] = head.split('\r\n');
  return {
    status: Number(first.split(' ')[1]),
    headers: new Map(
      fields.map((field) => [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 2)]),
    ),
    body: rest.join('\r\n\r\n'),
  };
}
