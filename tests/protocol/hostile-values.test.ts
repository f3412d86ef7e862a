import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onBoth } from '../support/suite.ts';

/** Values that parsers, drivers and databases are known to trip over; percent-encoded where a string can't hold them. */
const VALUES: readonly string[] = [
  '%00',
  'a%00b',
  '%ED%A0%80',
  '%C0%80',
  '%F4%90%80%80',
  '%FF',
  '%',
  '%zz',
  '%E2%80%AE%F0%9F%98%80',
  '%F0%9F%98%80'.repeat(600),
  'x'.repeat(3000),
  "'%20or%201=1--",
  '%3Cscript%3Ealert(1)%3C/script%3E',
  '__proto__',
  'constructor',
  '-1',
  '9223372036854775808',
  '1e309',
  '%0d%0aSet-Cookie:%20a=b',
];

const AUTHORIZE = [
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'response_type',
  'response_mode',
  'prompt',
  'max_age',
  'login_hint',
  'ui_locales',
  'code_challenge',
  'code_challenge_method',
];
const TOKEN = [
  'grant_type',
  'code',
  'redirect_uri',
  'code_verifier',
  'refresh_token',
  'scope',
  'client_id',
  'client_secret',
  'access_token',
  'username',
  'password',
  'token',
  'token_type_hint',
];

onBoth('Hostile values', (world) => {
  test('PA-09: in any parameter of an authorization request are no fault of ours, in query and in body', async () => {
    const w = world();
    const client = await w.client({ optional: ['DEVICE'], scopes: ['PROFILE', 'DEVICE'] });
    const user = await w.user();
    const browser = w.browser();
    await w.login(browser, user);
    for (const name of AUTHORIZE) {
      for (const value of VALUES) {
        const asked = new URL(w.authorizeUrl(client));
        asked.searchParams.delete(name);
        const query = `${asked.search.slice(1)}&${name}=${value}`;
        const got = await browser.get(`/oauth/authorize?${query}`);
        assert.ok(got.status < 500, `GET ${name}=${value}: ${got.status}`);
        assert.ok(
          !got.location || got.location.startsWith(w.url) || got.location.startsWith(client.redirectUri),
          `${name}=${value}: ${got.location}`,
        );
        const posted = await browser.post('/oauth/authorize', query);
        assert.ok(posted.status < 500, `POST ${name}=${value}: ${posted.status}`);
      }
    }
  });

  test('in any parameter of token, revocation and introspection requests are a clear error', async () => {
    const w = world();
    const client = await w.client({ allow: ['password'] });
    for (const path of ['/oauth/token', '/oauth/revoke', '/oauth/introspect']) {
      for (const grant of ['authorization_code', 'refresh_token', 'password', 'delete']) {
        for (const name of TOKEN) {
          for (const value of VALUES) {
            const base = {
              grant_type: grant,
              code: 'x',
              refresh_token: 'x',
              access_token: 'x',
              token: 'x',
              username: 'u',
              password: 'p',
            };
            const { [name as keyof typeof base]: _, ...rest } = base;
            const response = await fetch(`${w.url}${path}`, {
              method: 'POST',
              headers: {
                'content-type': 'application/x-www-form-urlencoded',
                authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`,
              },
              body: `${new URLSearchParams(rest)}&${name}=${value}`,
            });
            await response.arrayBuffer();
            assert.ok(response.status < 500, `${path} ${grant} ${name}=${value}: ${response.status}`);
          }
        }
        if (path !== '/oauth/token') break;
      }
    }
  });

  test('on the login and sign-up pages are a clear error', async () => {
    const w = world();
    for (const [path, names] of [
      ['/login', ['username', 'password', 'csrf', 'ticket', 'next', 'lang']],
      ['/signup', ['username', 'password', 'email', 'name', 'birthday', 'gender', 'csrf', 'agree']],
      ['/signin', ['ticket', 'decision', 'csrf', 'lang']],
    ] as const) {
      for (const name of names) {
        for (const value of VALUES) {
          const got = await w.browser().get(`${path}?${name}=${value}`);
          assert.ok(got.status < 500, `GET ${path} ${name}=${value}: ${got.status}`);
          const posted = await w.browser().post(path, `${name}=${value}`);
          assert.ok(posted.status < 500, `POST ${path} ${name}=${value}: ${posted.status}`);
        }
      }
    }
  });
});
