import assert from 'node:assert/strict';
import { get as httpGet } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { type HttpAnswer, type HttpRequest, type Route, sameOriginPost } from '#http';
import { ApiError, OAuthError, PageError } from '#kernel';
import { rawRequest, ROUTES, startEdge, type TestEdge } from '../support/edge.ts';

const SECRET = 'select * from password at /srv/medbiz on db.internal';

class StorageError extends Error {
  override readonly name = 'StorageError';
}

/** Routes that fail in every way, on every surface. */
const FAULTS: Readonly<Record<string, () => Error>> = {
  fault: () => new Error(SECRET),
  storage: () => new StorageError(SECRET),
  oauth: () =>
    new OAuthError('invalid_client', 'Say "who" you are.', { reason: 'bad-client-credentials', challenge: true }),
  unchallenged: () => new OAuthError('invalid_client', 'No.', { reason: 'bad-client-credentials' }),
  page: () => new PageError('forged-form', 403, { reason: 'csrf' }),
  tries: () => new PageError('too-many-tries', 429, { reason: 'backed-off', retryAfter: 17.2 }),
  token: () => new ApiError(401, 'invalid_token', 'It is dead.', { reason: 'malformed' }),
  none: () => new ApiError(401, 'invalid_token', 'Send one.', { reason: 'malformed', bareChallenge: true }),
  scope: () => new ApiError(403, 'insufficient_scope', 'Not this.', { reason: 'scope-not-consented', scope: 'HEALTH' }),
  twice: () => new ApiError(400, 'invalid_request', 'Two tokens.', { reason: 'several-client-credentials' }),
};

const BASES = { oauth: '/oauth/token/', api: '/v1/', page: '/x/', plain: '/p/' } as const;

const answering = (path: string, answer: HttpAnswer): Route => ({
  method: 'GET',
  path,
  surface: 'page',
  body: 'none',
  handle: async () => answer,
});

const routes: Route[] = [
  ...ROUTES,
  ...Object.entries(BASES).flatMap(([surface, base]) =>
    Object.entries(FAULTS).map(
      ([name, make]): Route => ({
        method: 'GET',
        path: `${base}${name}`,
        surface: surface as keyof typeof BASES,
        body: 'none',
        handle: async () => {
          throw make();
        },
      }),
    ),
  ),
  answering('/cookie', {
    status: 200,
    body: 'x',
    cookies: [
      { name: 'medbiz', value: 'v', maxAgeSeconds: 9 },
      { name: 'medbiz-flow', value: '' },
    ],
  }),
  answering('/to-client', { status: 200, body: 'x', formAction: 'https://app.example:8443' }),
  answering('/to-app', { status: 200, body: 'x', formAction: 'com.example.app:' }),
  answering('/to-evil', { status: 200, body: 'x', formAction: "https://x.example; script-src 'unsafe-inline'" }),
  answering('/assets/a.css', { status: 200, body: 'a{}', type: 'text/css; charset=utf-8', cacheSeconds: 60 }),
  answering('/split', { status: 302, headers: { Location: '/a\r\nSet-Cookie: medbiz=evil' } }),
];

describe('Every answer of the edge', () => {
  let edge: TestEdge;
  before(async () => {
    edge = await startEdge({ routes });
  });
  after(() => edge.close());
  const get = (path: string, ...headers: string[]) =>
    rawRequest(edge.port, [`GET ${path} HTTP/1.1`, `Host: localhost:${edge.port}`, ...headers]);

  test('carries the security headers, an id of ours and no-store, errors and refusals too', async () => {
    const ids = new Set<string>();
    for (const path of [
      '/page',
      '/user/me',
      '/healthz',
      '/nowhere',
      '/v1/nowhere',
      '/x/fault',
      '/oauth/token',
      '/user/me?a=%zz',
      '/v1/fault',
    ]) {
      const { headers } = await get(path, 'X-Request-Id: from-outside', 'Request-Id: from-outside');
      assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
      assert.equal(headers.get('x-frame-options'), 'DENY', path);
      assert.equal(headers.get('referrer-policy'), 'same-origin', path);
      assert.equal(headers.get('cache-control'), 'no-store', path);
      assert.match(headers.get('content-security-policy') ?? '', /^default-src 'none'.*frame-ancestors 'none'/, path);
      assert.match(headers.get('permissions-policy') ?? '', /camera=\(\)/, path);
      assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/, path);
      assert.equal(headers.get('cross-origin-opener-policy'), undefined, path);
      assert.equal(headers.get('strict-transport-security'), undefined, 'plain http');
      ids.add(headers.get('x-request-id') ?? '');
    }
    assert.equal(ids.size, 9);
  });

  test('LK-08: the OAuth endpoints add Pragma, and only what is public and fixed may be kept', async () => {
    const token = await rawRequest(edge.port, ['POST /oauth/token HTTP/1.1', 'Host: localhost']);
    assert.equal(token.headers.get('cache-control'), 'no-store');
    assert.equal(token.headers.get('pragma'), 'no-cache');
    assert.equal((await get('/assets/a.css')).headers.get('cache-control'), 'public, max-age=60');
  });

  test('of a page lets forms end at our own origin and the one that was proven, and nowhere else', async () => {
    const policy = async (path: string) => (await get(path)).headers.get('content-security-policy') ?? '';
    assert.match(
      await policy('/page'),
      /style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'$/,
    );
    assert.match(await policy('/to-client'), /form-action 'self' https:\/\/app\.example:8443;/);
    assert.match(await policy('/to-app'), /form-action 'self' com\.example\.app:;/);
    assert.match(await policy('/to-evil'), /form-action 'self';/);
    assert.doesNotMatch(await policy('/to-evil'), /script-src/);
  });

  test('CWE-113: a line break never makes a second header', async () => {
    const answer = await get('/split');
    assert.equal(answer.status, 500);
    assert.equal(answer.headers.get('set-cookie'), undefined);
  });
});

describe('Errors are written in the shape of their surface', () => {
  let edge: TestEdge;
  before(async () => {
    edge = await startEdge({ routes });
  });
  after(() => edge.close());
  const get = (path: string, ...headers: string[]) =>
    rawRequest(edge.port, [`GET ${path} HTTP/1.1`, `Host: localhost:${edge.port}`, ...headers]);
  const json = async (path: string) => {
    const answer = await get(path);
    return { ...answer, json: JSON.parse(answer.body) as Record<string, unknown> };
  };

  test('LK-07: a fault tells nothing about the inside, on no surface, and is logged with its cause', async () => {
    for (const base of Object.values(BASES)) {
      for (const [name, status] of [
        ['fault', 500],
        ['storage', 503],
      ] as const) {
        const answer = await get(`${base}${name}`);
        assert.equal(answer.status, status);
        assert.doesNotMatch(answer.body, /select|password|srv|db\.internal|StorageError|at .*\.ts/);
        assert.equal(answer.headers.get('retry-after'), status === 503 ? '5' : undefined);
        const line = edge.logged.find(({ details }) => details['requestId'] === answer.headers.get('x-request-id'));
        assert.equal(line?.level, 'error');
        assert.match(String(line?.details['err']), /select/);
      }
    }
    assert.equal((await json('/oauth/token/fault')).json['error'], 'server_error');
    assert.equal((await json('/oauth/token/storage')).json['error'], 'temporarily_unavailable');
    assert.equal((await json('/v1/storage')).json['error'], 'unavailable');
    assert.match((await get('/x/storage')).body, /overloaded/);
    assert.match((await get('/x/fault')).body, /broken/);
  });

  test('an OAuth error is JSON, with a Basic challenge where the header was used (RFC 6749 §5.2)', async () => {
    const answer = await json('/oauth/token/oauth');
    assert.equal(answer.status, 401);
    assert.deepEqual(answer.json, { error: 'invalid_client', error_description: 'Say  who  you are.' });
    assert.equal(answer.headers.get('www-authenticate'), 'Basic realm="MEDBIZ"');
    assert.equal((await get('/oauth/token/unchallenged')).headers.get('www-authenticate'), undefined);
  });

  test('an API error has section 8’s body and a Bearer challenge (RFC 6750 §3)', async () => {
    const dead = await json('/v1/token');
    assert.deepEqual(Object.keys(dead.json), ['status', 'method', 'path', 'errCode', 'message', 'timestamp', 'error']);
    assert.deepEqual(
      { ...dead.json, timestamp: 0 },
      {
        status: 401,
        method: 'GET',
        path: '/v1/token',
        errCode: true,
        message: 'It is dead.',
        timestamp: 0,
        error: 'invalid_token',
      },
    );
    assert.equal(dead.json['timestamp'], Date.UTC(2026, 2, 2, 9));
    const challenge = async (name: string) => (await get(`/v1/${name}`)).headers.get('www-authenticate');
    assert.equal(
      await challenge('token'),
      'Bearer realm="MEDBIZ", error="invalid_token", error_description="It is dead."',
    );
    assert.equal(await challenge('none'), 'Bearer realm="MEDBIZ"');
    assert.equal(
      await challenge('scope'),
      'Bearer realm="MEDBIZ", error="insufficient_scope", error_description="Not this.", scope="HEALTH"',
    );
    assert.match((await challenge('twice')) ?? '', /error="invalid_request"/);
    assert.equal(await challenge('fault'), undefined);
  });

  test('a page error is a page, in the reader’s language, with when to try again', async () => {
    const page = await get('/x/tries', 'Accept-Language: en');
    assert.equal(page.status, 429);
    assert.equal(page.headers.get('retry-after'), '18');
    assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
    assert.match(page.body, /<html lang="en"><p id="kind">too-many-tries/);
  });

  test('an error of another surface is translated, never shown raw', async () => {
    assert.equal((await json('/oauth/token/page')).json['error'], 'invalid_request');
    assert.equal((await json('/v1/page')).json['error'], 'insufficient_scope');
    assert.match((await get('/x/oauth')).body, /bad-request/);
    assert.match((await get('/p/page')).headers.get('content-type') ?? '', /^text\/plain/);
  });

  test('unknown paths and wrong methods have the shape of where they are', async () => {
    assert.equal((await json('/v1/nowhere')).json['errCode'], true);
    assert.equal((await json('/.well-known/nowhere')).json['error'], 'invalid_request');
    assert.equal(typeof (await json('/Mobius/x/fields/y')).json['m2m:dbg'], 'string');
    assert.equal((await get('/Mobius/x')).headers.get('x-m2m-rsc'), '4004');
    assert.match((await get('/nowhere')).body, /not-found/);
    assert.match((await get('/form')).body, /wrong-method/);
    assert.equal((await json('/v1/things')).status, 405);
    assert.equal((await json('/v1/things')).json['error'], 'method_not_allowed');
  });
});

describe('Cookies that are set', () => {
  test('CS-11: are HttpOnly, SameSite=Lax, for the whole host, and on https Secure with __Host-', async () => {
    for (const [publicUrl, expected] of [
      [
        undefined,
        [
          'medbiz=v; Path=/; HttpOnly; SameSite=Lax; Max-Age=9',
          'medbiz-flow=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0',
        ],
      ],
      [
        'https://login.example',
        [
          '__Host-medbiz=v; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=9',
          '__Host-medbiz-flow=; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=0',
        ],
      ],
    ] as const) {
      const edge = await startEdge({ routes, ...(publicUrl === undefined ? {} : { publicUrl }) });
      const host = publicUrl === undefined ? `localhost:${edge.port}` : 'login.example';
      const answer = await new Promise<string[]>((resolve) => {
        httpGet(
          { port: edge.port, host: '127.0.0.1', path: '/cookie', headers: { host }, agent: false },
          (response) => {
            response.resume();
            resolve(response.headers['set-cookie'] ?? []);
          },
        );
      });
      assert.deepEqual(answer, expected);
      await edge.close();
    }
  });

  test('a chosen language is remembered', async () => {
    const edge = await startEdge();
    const ask = (path: string) => rawRequest(edge.port, [`GET ${path} HTTP/1.1`, `Host: localhost:${edge.port}`]);
    assert.match((await ask('/page?lang=en')).headers.get('set-cookie') ?? '', /^medbiz-lang=en; /);
    assert.equal((await ask('/page?lang=xx')).headers.get('set-cookie'), undefined);
    await edge.close();
  });
});

describe('Other origins', () => {
  let edge: TestEdge;
  before(async () => {
    edge = await startEdge({ routes });
  });
  after(() => edge.close());
  const ask = (method: string, path: string, ...headers: string[]) =>
    rawRequest(edge.port, [`${method} ${path} HTTP/1.1`, `Host: localhost:${edge.port}`, ...headers]);

  test('LK-10: may read the token endpoint only where a public client is registered, by its exact origin', async () => {
    for (const origin of [
      'null',
      'https://spa.example.evil',
      'https://spa.example:444',
      'http://spa.example',
      'https://SPA.example',
      '*',
    ]) {
      for (const method of ['OPTIONS', 'POST']) {
        const answer = await ask(method, '/oauth/token', `Origin: ${origin}`);
        assert.equal(answer.headers.get('access-control-allow-origin'), undefined, origin);
        assert.equal(answer.headers.get('vary'), 'Origin');
      }
    }
    const preflight = await ask(
      'OPTIONS',
      '/oauth/token',
      'Origin: https://spa.example',
      'Access-Control-Request-Method: POST',
    );
    assert.equal(preflight.status, 204);
    assert.equal(preflight.headers.get('access-control-allow-origin'), 'https://spa.example');
    assert.equal(preflight.headers.get('access-control-allow-methods'), 'OPTIONS, POST');
    assert.equal(preflight.headers.get('access-control-allow-headers'), 'content-type, authorization');
    assert.equal(preflight.headers.get('access-control-max-age'), '600');
    const error = await ask(
      'POST',
      '/oauth/token',
      'Origin: https://spa.example',
      'Content-Type: text/plain',
      'Content-Length: 0',
    );
    assert.equal(error.headers.get('access-control-allow-origin'), 'https://spa.example');
    for (const answer of [preflight, error])
      assert.equal(answer.headers.get('access-control-allow-credentials'), undefined);
  });

  test('may all read metadata, and nothing else', async () => {
    const metadata = await ask('GET', '/.well-known/thing', 'Origin: https://any.example');
    assert.equal(metadata.headers.get('access-control-allow-origin'), '*');
    assert.equal(metadata.headers.get('cross-origin-resource-policy'), undefined);
    for (const path of ['/page', '/user/me']) {
      const answer = await ask('GET', path, 'Origin: https://spa.example');
      assert.equal(answer.headers.get('access-control-allow-origin'), undefined);
      assert.equal(answer.headers.get('cross-origin-resource-policy'), 'same-origin');
    }
    assert.equal((await ask('OPTIONS', '/user/me', 'Origin: https://spa.example')).status, 405);
  });

  test('are told the failure when the registry can not be read', async () => {
    const broken = await startEdge({
      isPublicClientOrigin: async () => {
        throw new StorageError(SECRET);
      },
    });
    const answer = await rawRequest(broken.port, [
      'OPTIONS /oauth/token HTTP/1.1',
      'Host: localhost',
      'Origin: https://spa.example',
    ]);
    assert.equal(answer.status, 503);
    assert.doesNotMatch(answer.body, /select/);
    await broken.close();
  });

  test('CS-01: a form post counts as our own only when neither Origin nor Sec-Fetch-Site says otherwise', () => {
    const from = (headers: Record<string, string>) =>
      sameOriginPost(
        { header: (name) => headers[name] } satisfies Pick<HttpRequest, 'header'>,
        'https://login.example',
      );
    assert.equal(from({}), true);
    assert.equal(from({ origin: 'https://login.example', 'sec-fetch-site': 'same-origin' }), true);
    assert.equal(from({ 'sec-fetch-site': 'none' }), true);
    assert.equal(from({ origin: 'null' }), false);
    assert.equal(from({ origin: 'https://login.example.evil' }), false);
    assert.equal(from({ origin: 'https://login.example', 'sec-fetch-site': 'cross-site' }), false);
    assert.equal(from({ 'sec-fetch-site': 'same-site' }), false);
  });
});

describe('Pages', () => {
  let edge: TestEdge;
  before(async () => {
    edge = await startEdge({ routes });
  });
  after(() => edge.close());
  const get = (path: string, host: string, ...headers: string[]) =>
    rawRequest(edge.port, [`GET ${path} HTTP/1.1`, `Host: ${host}`, ...headers]);

  test('AC-12: asked for on another host stand on the public URL, whatever Host or its friends say', async () => {
    for (const host of ['127.0.0.1', `localhost:1`, 'evil.example', 'localhost.evil.example']) {
      const answer = await get('/page?a=1&b=%20', host, 'X-Forwarded-Host: localhost', 'Forwarded: host=localhost');
      assert.equal(answer.status, 302, host);
      assert.equal(answer.headers.get('location'), `${edge.url}/page?a=1&b=%20`);
    }
    assert.equal((await get('/page', `LOCALHOST:${edge.port}`)).status, 200);
    for (const host of ['localhost:@evil', 'evil.example/x', 'a b'])
      assert.equal((await get('/page', host)).status, 400, host);
    assert.equal((await get('/user/me', 'evil.example')).status, 200, 'an API has no host of its own');
  });

  test('behind a proxy the host is the one that the proxy names', async () => {
    const proxied = await startEdge({ publicUrl: 'https://login.example', trustedProxies: 1 });
    const ask = (...headers: string[]) =>
      rawRequest(proxied.port, ['GET /page HTTP/1.1', 'Host: upstream', ...headers]);
    assert.equal((await ask()).status, 200);
    assert.equal((await ask('X-Forwarded-Host: login.example')).status, 200);
    assert.equal((await ask('X-Forwarded-Host: other.example')).headers.get('location'), 'https://login.example/page');
    assert.match((await ask()).headers.get('strict-transport-security') ?? '', /max-age=31536000/);
    await proxied.close();
  });

  test('CO-16: what only looks ahead is refused where a login could begin or end', async () => {
    const host = `localhost:${edge.port}`;
    for (const header of [
      'Sec-Purpose: prefetch',
      'Sec-Purpose: prefetch;prerender',
      'Purpose: prefetch',
      'X-Moz: prefetch',
    ]) {
      const answer = await get('/oauth/authorize', host, header);
      assert.equal(answer.status, 403, header);
      assert.match(answer.body, /prefetch/);
    }
    assert.equal((await get('/page', host, 'Sec-Purpose: prefetch')).status, 200);
    assert.equal((await get('/oauth/authorize', host)).status, 200);
  });
});

describe('Stopping', () => {
  test('finishes what runs and accepts nothing new', async () => {
    let release = (): void => undefined;
    const waiting = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = (): void => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const edge = await startEdge({
      routes: [
        {
          method: 'GET',
          path: '/v1/slow',
          surface: 'api',
          body: 'none',
          handle: async () => {
            begun();
            await waiting;
            return { status: 200, body: { done: true } };
          },
        },
      ],
    });
    const running = rawRequest(edge.port, ['GET /v1/slow HTTP/1.1', 'Host: localhost']);
    await started;
    const closed = edge.close();
    const refused = await rawRequest(edge.port, ['GET /v1/slow HTTP/1.1', 'Host: localhost']).then(
      (answer) => answer.status,
      () => 0,
    );
    assert.ok(Number.isNaN(refused) || refused === 0);
    release();
    assert.equal((await running).status, 200);
    await closed;
  });
});
