import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { rawRequest, startEdge, type TestEdge, toldBy } from '../support/edge.ts';

const FORM = 'Content-Type: application/x-www-form-urlencoded';

describe('The edge reads requests strictly', () => {
  let edge: TestEdge;
  before(async () => {
    edge = await startEdge();
  });
  after(() => edge.close());

  const raw = (lines: readonly string[], body?: string | Buffer) => rawRequest(edge.port, lines, body);
  const get = (target: string, ...more: string[]) => raw([`GET ${target} HTTP/1.1`, 'Host: localhost', ...more]);
  const post = (target: string, type: string | null, body: string | Buffer) =>
    raw(
      [
        `POST ${target} HTTP/1.1`,
        'Host: localhost',
        ...(type === null ? [] : [type]),
        `Content-Length: ${Buffer.byteLength(body)}`,
      ],
      body,
    );
  const oauthError = (body: string) => (JSON.parse(body) as { error: string }).error;

  test('RU-50: a parameter that comes twice is refused, in a body and in a query, whatever its values', async () => {
    for (const body of ['a=1&a=2', 'a=1&b=2&a=1', 'a=&a=1', 'a&a=1', 'a=1&%61=2']) {
      const inBody = await post('/oauth/token', FORM, body);
      assert.equal(inBody.status, 400, body);
      assert.equal(oauthError(inBody.body), 'invalid_request');
      assert.equal((await get(`/user/me?${body}`)).status, 400, body);
    }
  });

  test('PA-02: the token endpoint never looks at the query', async () => {
    const answer = await post('/oauth/token?grant_type=x&a=%zz&a=1', FORM, 'grant_type=y');
    assert.deepEqual(toldBy(answer).form, { grant_type: 'y' });
  });

  test('PA-03: brackets make no arrays or objects', async () => {
    const answer = await post('/oauth/token', FORM, 'client_id[]=c1&client_id[$ne]=&client_id[toString]=x&__proto__=y');
    assert.equal(answer.status, 200);
    assert.equal(toldBy(answer).form['client_id[]'], 'c1');
    assert.equal(toldBy(answer).form['client_id'], undefined);
  });

  test('PA-06: a parameter without a value is absent', async () => {
    const answer = await post('/oauth/token', FORM, 'scope=&state&grant_type=x&&');
    assert.deepEqual(toldBy(answer).form, { grant_type: 'x' });
  });

  test('PA-08: 100 names are read, 101 are refused, and so are endless separators', async () => {
    const names = (count: number) => Array.from({ length: count }, (_, at) => `k${at}=1`).join('&');
    assert.equal((await post('/oauth/token', FORM, names(100))).status, 200);
    assert.equal((await post('/oauth/token', FORM, names(101))).status, 400);
    assert.equal((await post('/oauth/token', FORM, `a=1${'&'.repeat(10_000)}a=2`)).status, 400);
    assert.equal((await get(`/user/me?${names(101)}`)).status, 400);
  });

  test('PA-09: bad escapes, bytes that are no UTF-8, lone surrogates and NUL are 400 and never a fault', async () => {
    for (const bad of ['%zz', '%', '%4', '%ff', '%c3%28', '%ed%a0%80', '%f5%80%80%80', '%00', 'a%00b']) {
      assert.equal((await post('/oauth/token', FORM, `a=${bad}`)).status, 400, bad);
      assert.equal((await post('/oauth/token', FORM, `${bad}=a`)).status, 400, bad);
      assert.equal((await get(`/user/me?a=${bad}`)).status, 400, bad);
    }
    assert.equal((await post('/oauth/token', FORM, Buffer.from([0x61, 0x3d, 0xff, 0xfe]))).status, 400);
    const fine = await post('/oauth/token', FORM, 'a=%ED%95%9C+%ea%b8%80%2B');
    assert.equal(toldBy(fine).form['a'], '한 글+');
  });

  test('PA-11, PA-12, PA-17: only the form type reaches a form route; JSON is an invalid_request, everything else 415', async () => {
    for (const [type, status] of [
      ['application/json', 400],
      ['multipart/form-data; boundary=x', 415],
      ['text/plain', 415],
      ['application/x-www-form-urlencoded garbage', 415],
      ['application/x-www-form-urlencoded;', 415],
      ['application/x-www-form-urlencoded\ta', 415],
      ['application/x-www-form-urlencoded; charset=euc-kr', 415],
      ['application/x-www-form-urlencoded, application/json', 415],
    ] as const) {
      const answer = await post('/oauth/token', `Content-Type: ${type}`, '{"a":1}');
      assert.equal(answer.status, status, type);
      assert.equal(oauthError(answer.body), 'invalid_request');
    }
    assert.equal((await post('/oauth/token', null, 'a=1')).status, 415);
    for (const type of [
      'application/x-www-form-urlencoded;charset=UTF-8',
      'APPLICATION/X-WWW-Form-Urlencoded ; charset="utf-8"',
    ]) {
      assert.equal((await post('/oauth/token', `Content-Type: ${type}`, 'a=1')).status, 200, type);
    }
  });

  test('PA-12: a JSON route takes JSON by its exact name alone', async () => {
    for (const type of [
      'application/json\ta',
      'application/json garbage',
      'APPLICATION/JSON ;',
      'application/jsonx',
      'application/json;',
      'text/json',
    ]) {
      const answer = await post('/v1/things', `Content-Type: ${type}`, '{"a":1}');
      assert.equal(answer.status, 415, type);
      assert.equal(oauthError(answer.body), 'unsupported_media_type');
    }
    assert.deepEqual(
      toldBy(await post('/v1/things', 'Content-Type:  Application/JSON; charset=utf-8', '{"a":1}')).json,
      { a: 1 },
    );
  });

  test('PA-18: a JSON root must be an object or an array, and JSON at all', async () => {
    for (const body of ['"10"', 'null', '1', 'true', '{', '{"a":1}x', '\ufeff{}']) {
      assert.equal((await post('/v1/things', 'Content-Type: application/json', body)).status, 400, body);
    }
    assert.equal((await post('/v1/things', 'Content-Type: application/json', '[]')).status, 200);
  });

  test('IN-08: JSON is at most 20 deep and 64 KiB large, and never brings a prototype', async () => {
    const deep = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
    assert.equal((await post('/v1/things', 'Content-Type: application/json', deep(20))).status, 200);
    assert.equal((await post('/v1/things', 'Content-Type: application/json', deep(21))).status, 400);
    assert.equal((await post('/v1/things', 'Content-Type: application/json', deep(30_000))).status, 400);
    assert.equal(
      (await post('/v1/things', 'Content-Type: application/json', `["${'['.repeat(50)}\\"${'['.repeat(50)}"]`)).status,
      200,
    );
    assert.equal(
      (await post('/v1/things', 'Content-Type: application/json', '{"a":{"__proto__":{"b":1}}}')).status,
      400,
    );
    assert.equal((await post('/v1/things', 'Content-Type: application/json', '{"\\u005f_proto__":1}')).status, 400);
    assert.equal(
      (await post('/v1/things', 'Content-Type: application/json', `{"a":"${'x'.repeat(65_536)}"}`)).status,
      413,
    );
  });

  test('a body above 64 KiB is 413, announced or not, and the connection ends', async () => {
    const announced = await post('/oauth/token', FORM, `a=${'x'.repeat(70_000)}`);
    assert.equal(announced.status, 413);
    const chunk = `11170\r\n${'x'.repeat(0x11170)}\r\n0\r\n\r\n`;
    const streamed = await raw(
      ['POST /oauth/token HTTP/1.1', 'Host: localhost', FORM, 'Transfer-Encoding: chunked'],
      chunk,
    );
    assert.equal(streamed.status, 413);
    assert.equal(streamed.headers.get('connection'), 'close');
  });

  test('a request with a JSON content type and no body is valid, a body where none belongs is not', async () => {
    const type = 'Content-Type: application/json';
    assert.equal((await post('/v1/things', type, '')).status, 200);
    assert.equal((await raw(['DELETE /v1/things/1 HTTP/1.1', 'Host: localhost', type])).status, 200);
    assert.equal(
      (await raw(['DELETE /v1/things/1 HTTP/1.1', 'Host: localhost', type, 'Transfer-Encoding: chunked'], '0\r\n\r\n'))
        .status,
      200,
    );
    assert.equal(
      (await raw(['DELETE /v1/things/1 HTTP/1.1', 'Host: localhost', type, 'Content-Length: 2'], '{}')).status,
      415,
    );
    assert.equal((await raw(['GET /user/me HTTP/1.1', 'Host: localhost', 'Content-Length: 3'], 'a=1')).status, 415);
  });

  test('PA-20: a path has one spelling: no folding, merging, decoding or parameters', async () => {
    for (const path of [
      ...[
        '//oauth/token',
        '/oauth//token',
        '/oauth/%74oken',
        '/oauth/token/',
        '/oauth/token;x',
        '/OAUTH/TOKEN',
        '/./oauth/token',
      ],
      ...[
        '/oauth/x/../token',
        '/oauth%2ftoken',
        '/oauth/token%20',
        '/oauth/token%00',
        '/oauth/:token',
        '/v1/things/:thing',
      ],
    ]) {
      const answer = await post(path, FORM, 'a=1');
      assert.ok(answer.status === 404 || answer.status === 405, `${path} ${answer.status}`);
    }
    assert.equal((await raw(['DELETE /v1/things/%e0%a4%a HTTP/1.1', 'Host: localhost'])).status, 404);
    const named = await raw(['DELETE /v1/things/a+b%20%2F HTTP/1.1', 'Host: localhost']);
    assert.deepEqual(toldBy(named).params, { thing: 'a+b /' });
  });

  test('PA-21: the absolute form and other targets are 400', async () => {
    for (const target of [
      'http://evil.example/oauth/authorize',
      'https://localhost/page',
      '*',
      'page',
      '/pa\u00e9ge',
    ]) {
      assert.equal((await get(target)).status, 400, target);
    }
  });

  test('PA-15: other methods are 405 with Allow, and no header changes the method', async () => {
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND']) {
      const answer = await raw([`${method} /oauth/token HTTP/1.1`, 'Host: localhost']);
      assert.equal(answer.status, 405, method);
      assert.equal(answer.headers.get('allow'), 'OPTIONS, POST');
    }
    assert.equal((await raw(['OPTIONS /user/me HTTP/1.1', 'Host: localhost'])).headers.get('allow'), 'GET');
    assert.equal((await get('/v1/things/1', 'X-HTTP-Method-Override: DELETE')).status, 405);
    assert.equal((await raw(['HEAD /page HTTP/1.1', 'Host: localhost'])).status, 405);
    const probe = await raw(['HEAD /healthz HTTP/1.1', 'Host: localhost']);
    assert.equal(probe.status, 200);
    assert.equal(probe.body, '');
  });

  test('RT-31: headers that must be single are refused when they come twice', async () => {
    for (const [name, value] of [
      ['Authorization', 'Bearer x'],
      ['Cookie', 'a=b'],
      ['Content-Type', 'application/json'],
      ['Host', 'localhost'],
    ] as const) {
      const lines = [`${name}: ${value}`, `${name.toLowerCase()}: ${value}`];
      const answer = await raw(['GET /user/me HTTP/1.1', ...(name === 'Host' ? [] : ['Host: localhost']), ...lines]);
      assert.equal(answer.status, 400, name);
    }
  });

  test('RS-28: more than 100 headers are 431, so that none is dropped silently', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => `X-H${at}: 1`);
    assert.equal((await get('/user/me', ...many(97))).status, 200);
    assert.equal((await get('/user/me', ...many(101))).status, 431);
    const dropped = await get('/user/me', ...Array.from({ length: 1500 }, () => 'a: b'), 'Authorization: Bearer x');
    assert.equal(dropped.status, 431);
  });

  // Node answered 417 by itself, without a single header of ours (found by fuzz:http).
  test('HT-12: an Expect that means nothing to us and an Upgrade are ignored, and the answer is our own', async () => {
    for (const header of ['Expect: 200-maybe', 'Expect: ', 'Upgrade: h2c', 'Upgrade: websocket']) {
      const answer = await rawRequest(edge.port, ['GET /user/me HTTP/1.1', `Host: localhost:${edge.port}`, header]);
      assert.equal(answer.status, 200, header);
      assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    }
  });

  test('HT-01, HT-09: what is no HTTP request, or has 16 KiB of headers, is answered by itself', async () => {
    assert.equal((await get('/user/me', `X-Long: ${'x'.repeat(17_000)}`)).status, 431);
    assert.equal((await get(`/user/me?${'x'.repeat(17_000)}`)).status, 431);
    assert.equal((await get('/user/me', 'Content-Length: 5', 'Transfer-Encoding: chunked')).status, 400);
    assert.equal((await get('/user/me', 'X-Bad : 1')).status, 400);
    assert.equal((await raw(['GET /user/me HTTP/1.1'])).status, 400);
    const nonsense = await raw(['\x16\x03\x01']);
    assert.equal(nonsense.status, 400);
    assert.match(nonsense.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/);
  });

  test('IN-10: a header named __proto__ is a header like any other', async () => {
    assert.equal((await get('/user/me', '__proto__: x', 'constructor: y')).status, 200);
  });
});

describe('Cookies', () => {
  let edge: TestEdge;
  before(async () => {
    edge = await startEdge();
  });
  after(() => edge.close());
  const me = (port: number, cookie: string) =>
    rawRequest(port, ['GET /user/me HTTP/1.1', 'Host: localhost', `Cookie: ${cookie}`]);

  test('CS-10: two of our own name are refused; strangers’ cookies do not matter', async () => {
    assert.equal((await me(edge.port, 'medbiz=a; medbiz=b')).status, 400);
    assert.equal((await me(edge.port, 'medbiz=a; other=b; medbiz=a')).status, 400);
    assert.deepEqual(toldBy(await me(edge.port, 'x=1; x=2; medbiz=a')).cookies, { medbiz: 'a' });
  });

  test('CS-10: on https only a __Host- cookie is ours, so a sibling host can not toss us one', async () => {
    const secure = await startEdge({ publicUrl: 'https://login.example' });
    const answer = await me(secure.port, 'medbiz=tossed; __Host-medbiz=mine');
    assert.deepEqual(toldBy(answer).cookies, { medbiz: 'mine' });
    assert.equal((await me(secure.port, '__Host-medbiz=a; __Host-medbiz=b')).status, 400);
    await secure.close();
  });

  test('CS-13: a session id in the URL is a parameter like any other', async () => {
    const answer = await rawRequest(edge.port, ['GET /user/me?medbiz=a&sid=b HTTP/1.1', 'Host: localhost']);
    assert.deepEqual(toldBy(answer).cookies, {});
  });
});

describe('The caller’s address', () => {
  const addressOf = async (trustedProxies: number, ...headers: string[]): Promise<string> => {
    const edge = await startEdge({ trustedProxies });
    const answer = await rawRequest(edge.port, ['GET /user/me HTTP/1.1', 'Host: localhost', ...headers]);
    await edge.close();
    return (JSON.parse(answer.body) as { address: string }).address;
  };

  test('AC-07: forwarding headers from outside are not believed', async () => {
    const headers = [
      'X-Forwarded-For: 1.2.3.4',
      'Forwarded: for=1.2.3.4',
      'X-Real-IP: 1.2.3.4',
      'CF-Connecting-IP: 1.2.3.4',
    ];
    assert.equal(await addressOf(0, ...headers), '127.0.0.1');
  });

  test('AC-07: as many entries are believed as there are trusted proxies, counted from the end', async () => {
    assert.equal(await addressOf(1, 'X-Forwarded-For: 6.6.6.6, 203.0.113.9'), '203.0.113.9');
    assert.equal(await addressOf(2, 'X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.0.0.1'), '203.0.113.9');
    assert.equal(await addressOf(1, 'X-Forwarded-For: 6.6.6.6', 'X-Forwarded-For: 203.0.113.9'), '203.0.113.9');
    assert.equal(await addressOf(1, 'X-Forwarded-For: 203.0.113.9:5678'), '203.0.113.9');
    assert.equal(await addressOf(1, 'X-Forwarded-For: <script>'), '127.0.0.1');
  });

  test('AC-06: an address has one spelling', async () => {
    for (const text of ['2001:DB8::1', '2001:0db8:0:0:0:0:0:1', '[2001:db8::1]:443', '2001:db8::1%eth0']) {
      assert.equal(await addressOf(1, `X-Forwarded-For: ${text}`), '2001:db8::1', text);
    }
    for (const text of ['::ffff:203.0.113.9', '::FFFF:cb00:7109', '0:0:0:0:0:ffff:203.0.113.9']) {
      assert.equal(await addressOf(1, `X-Forwarded-For: ${text}`), '203.0.113.9', text);
    }
  });
});

describe('The language', () => {
  test('is what the query, the cookie and the browser say, in this order, and Korean otherwise', async () => {
    const edge = await startEdge();
    const locale = async (target: string, ...headers: string[]) =>
      (
        JSON.parse((await rawRequest(edge.port, [`GET ${target} HTTP/1.1`, 'Host: localhost', ...headers])).body) as {
          locale: string;
        }
      ).locale;
    assert.equal(await locale('/user/me'), 'ko');
    assert.equal(await locale('/user/me', 'Accept-Language: fr, en-GB;q=0.8, ko;q=0.5'), 'en');
    assert.equal(await locale('/user/me', 'Accept-Language: en', 'Cookie: medbiz-lang=ko'), 'ko');
    assert.equal(await locale('/user/me?ui_locales=fr+en-US', 'Cookie: medbiz-lang=ko'), 'en');
    assert.equal(await locale('/user/me?lang=ko&ui_locales=en'), 'ko');
    await edge.close();
  });
});
