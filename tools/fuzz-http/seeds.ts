import type { Browser, Page } from '../../tests/support/browser.ts';
import { openWorld, pkcePair, type TestClient, type TestUser, type World } from '../../tests/support/world.ts';
import type { TestApp } from '../../tests/support/app.ts';
import { type Attempt, encode, type Pair } from './attempt.ts';
import { consoleRequests } from './console.ts';
import type { Pool } from './mutate.ts';

/** Valid requests to every route, made by people and clients that exist. Plain data, since it crosses processes. */
export interface Seeds {
  readonly url: string;
  readonly registered: readonly string[];
  /** For each route of the edge at least one. */
  readonly templates: readonly { readonly route: string; readonly attempts: readonly Attempt[] }[];
  readonly pool: Pool;
}

const URIS = {
  web: ['https://app.example.com/cb'],
  spa: ['https://spa.example.com/cb', 'http://localhost:3000/cb?a=b'],
  native: ['http://127.0.0.1/cb', 'com.example.app:/cb'],
} as const;

const FORM = 'application/x-www-form-urlencoded';

/** Paths whose requests, where they succeed, end what later requests need. */
export const ENDING = /logout|password|suspend|roles|close|withdraw|disconnect|connection|session|delete|end/;

interface Visitor {
  readonly browser: Browser;
  readonly person: TestUser | null;
  /** Requests that end a session, an account or a client are made by and about these alone, so that the others go on. */
  readonly isMortal: boolean;
}

interface Cast {
  readonly world: World;
  readonly user: TestUser;
  readonly visitors: readonly Visitor[];
  readonly clients: Readonly<Record<'web' | 'spa' | 'native' | 'pending' | 'doomed', TestClient>>;
}

const peopleOf = (cast: Cast, isMortal: boolean): TestUser[] =>
  cast.visitors.flatMap((one) => (one.person !== null && one.isMortal === isMortal ? [one.person] : []));
const steadyBrowsers = (cast: Cast): Browser[] =>
  cast.visitors.filter((one) => !one.isMortal).map(({ browser }) => browser);

export async function makeSeeds(app: TestApp): Promise<Seeds> {
  const cast = await makeCast(openWorld(app));
  const collected = new Collection(app.routes);
  for (const attempt of await protocolRequests(cast)) collected.add(attempt);
  const token = (await cast.world.tokens(cast.clients.web, cast.user)).access_token;
  for (const visitor of cast.visitors) await harvest(cast, visitor, collected);
  const { doomed, ...clients } = cast.clients;
  const things = { clients: Object.values(clients), doomed, people: peopleOf(cast, true) };
  for (const browser of steadyBrowsers(cast)) {
    for (const attempt of await consoleRequests(browser, things)) collected.add(attempt);
  }
  collected.fill(cast, token);
  return {
    url: app.url,
    registered: Object.values(URIS).flat(),
    templates: collected.templates(),
    pool: collected.pool(),
  };
}

async function makeCast(world: World): Promise<Cast> {
  const visitors: Visitor[] = [{ browser: world.browser(), person: null, isMortal: false }];
  for (const isMortal of [false, true]) {
    for (const roles of [[], ['developer'], ['operator']] as const) {
      const [person, browser] = [await world.user({ roles }), world.browser()];
      await world.login(browser, person);
      visitors.push({ browser, person, isMortal });
    }
  }
  const [user, owner] = visitors.flatMap(({ person }) => (person === null ? [] : [person]));
  if (user === undefined || owner === undefined) throw new Error('nobody is there');
  const wish = { owner, scopes: ['PROFILE', 'DEVICE', 'HEALTH'], optional: ['DEVICE'] } as const;
  const clients = {
    web: await world.client({
      ...wish,
      redirectUris: URIS.web,
      allow: ['password', 'get-token', 'implicit'],
      methods: ['AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN'],
    }),
    spa: await world.client({ ...wish, type: 'spa', redirectUris: URIS.spa }),
    native: await world.client({ ...wish, type: 'native', redirectUris: URIS.native }),
    pending: await world.client({ ...wish, status: 'PENDING', redirectUris: URIS.web }),
    doomed: await world.client({ ...wish, redirectUris: URIS.web }),
  };
  return { world, user, visitors, clients };
}

const cookieOf = (browser: Browser): Pair[] =>
  browser.cookies.size === 0
    ? []
    : [['Cookie', [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')]];
const pairs = (fields: Readonly<Record<string, string>>): Pair[] =>
  Object.entries(fields).map(([name, value]) => [encode(name), encode(value)]);

const get = (path: string, query: Readonly<Record<string, string>>, headers: readonly Pair[] = []): Attempt => ({
  method: 'GET',
  path,
  query: pairs(query),
  headers,
  body: { kind: 'none' },
  broken: false,
});
const post = (path: string, form: Readonly<Record<string, string>>, headers: readonly Pair[] = []): Attempt => ({
  method: 'POST',
  path,
  query: [],
  headers: [['Content-Type', FORM], ...headers],
  body: { kind: 'form', pairs: pairs(form) },
  broken: false,
});

/** The protocol's endpoints take no forms of ours: what a right client sends them stands here. */
async function protocolRequests(cast: Cast): Promise<Attempt[]> {
  const { world, user, clients } = cast;
  const attempts: Attempt[] = [];
  const loggedIn = steadyBrowsers(cast).map(cookieOf);
  for (const [client, more] of [
    [clients.web, {}],
    [clients.web, { response_type: 'token' }],
    [clients.web, { response_mode: 'form_post', prompt: 'consent' }],
    [clients.spa, pkce()],
    [clients.native, { ...pkce(), redirect_uri: 'http://127.0.0.1:50000/cb' }],
    [clients.pending, { max_age: '100', login_hint: user.loginId, ui_locales: 'en ko' }],
  ] as const) {
    const asked = {
      ...Object.fromEntries(new URL(world.authorizeUrl(client)).searchParams),
      scope: 'PROFILE DEVICE',
      ...more,
    };
    for (const cookies of loggedIn)
      attempts.push(get('/oauth/authorize', asked, cookies), post('/oauth/authorize', asked, cookies));
  }
  const { web, spa } = clients;
  const basic: Pair = ['Authorization', `Basic ${Buffer.from(`${web.id}:${web.secret}`).toString('base64')}`];
  const secret = { client_id: web.id, client_secret: web.secret };
  const code = {
    grant_type: 'authorization_code',
    code: await world.code(web, user, { scope: 'PROFILE' }),
    redirect_uri: web.redirectUri,
  };
  const kept = await world.tokens(web, user);
  const rotating = await world.tokens(spa, user);
  const forms: readonly (readonly [string, Record<string, string>, Pair[]])[] = [
    ['/oauth/token', code, [basic]],
    ['/oauth/token', { ...code, ...secret }, []],
    ['/oauth/token', { grant_type: 'refresh_token', refresh_token: kept.refresh_token, scope: 'PROFILE' }, [basic]],
    [
      '/oauth/token',
      { grant_type: 'refresh_token', refresh_token: rotating.refresh_token, client_id: spa.id },
      [['Origin', 'https://spa.example.com']],
    ],
    [
      '/oauth/token',
      { grant_type: 'password', username: user.loginId, password: user.password, scope: 'PROFILE' },
      [basic],
    ],
    ['/oauth/token', { grant_type: 'delete', access_token: kept.access_token }, [basic]],
    ['/oauth/revoke', { token: rotating.refresh_token, token_type_hint: 'refresh_token', client_id: spa.id }, []],
    ['/oauth/introspect', { token: kept.access_token, token_type_hint: 'access_token' }, [basic]],
  ];
  for (const [path, form, headers] of forms) attempts.push(post(path, form, headers));
  attempts.push(get('/oauth/token', { ...code, ...secret }));
  return attempts;
}

function pkce(): Record<string, string> {
  return { code_challenge: pkcePair().challenge, code_challenge_method: 'S256' };
}

/** What a person would type into a field of this name. */
function typed(name: string, page: string, cast: Cast): string {
  if (page === '/signup' && (name === 'username' || name === 'email'))
    return `${cast.user.loginId}x${name === 'email' ? '@example.com' : ''}`;
  if (/new.?password|again|repeat|confirm/i.test(name)) return 'gyeoul-noon-93-haneul';
  if (/password/i.test(name)) return cast.user.password;
  const known: Readonly<Record<string, string>> = {
    username: cast.user.loginId,
    email: cast.user.email,
    name: '김하늘',
    birthday: '1990-05-17',
    gender: 'FEMALE',
    agree: 'on',
    decision: 'allow',
  };
  return known[name] ?? '';
}

/** Every page that this browser may open, and every form on it; then what an application's request leads to. */
async function harvest(cast: Cast, { browser, isMortal }: Visitor, into: Collection): Promise<void> {
  const { world, clients } = cast;
  const pages: Page[] = [];
  for (const path of into.plainPages()) pages.push(await browser.get(path));
  const started = await browser.follow(
    await browser.get(world.authorizeUrl(clients.spa, { scope: 'PROFILE DEVICE HEALTH', ...pkce() })),
  );
  const ticket = new URL(started.url).searchParams.get('ticket');
  if (ticket !== null) {
    into.add(get('/signin', { ticket, lang: 'en' }, cookieOf(browser)));
    into.add(get('/signup', { ticket }, cookieOf(browser)));
    pages.push(started, await browser.get(`/signup?ticket=${ticket}`));
  }
  for (const page of pages) {
    for (const { action, method, fields } of formsOf(page)) {
      const url = new URL(action, page.url);
      if (url.origin !== world.url || ENDING.test(url.pathname) !== isMortal) continue;
      const filled = Object.fromEntries(
        Object.entries(fields).map(([name, value]) => [name, value || typed(name, url.pathname, cast)]),
      );
      into.add(
        method === 'post'
          ? {
              ...post(url.pathname, filled, [...cookieOf(browser), ['Origin', world.url]]),
              query: pairs(Object.fromEntries(url.searchParams)),
            }
          : get(url.pathname, filled, cookieOf(browser)),
      );
    }
    if (isMortal) continue;
    into.words(page.text);
    await links(page, browser, into);
  }
}

/** What a page leads to, and what its style sheets do. */
async function links(page: Page, browser: Browser, into: Collection): Promise<void> {
  for (const [, target = ''] of page.text.matchAll(/\s(?:href|src)="(\/[^"]*)"|url\((\/[^)]*)\)/g)) {
    const url = new URL(target.replaceAll('&amp;', '&'), page.url);
    const isNew = into.add(get(url.pathname, Object.fromEntries(url.searchParams), cookieOf(browser)));
    if (!isNew || !url.pathname.endsWith('.css')) continue;
    const sheet = await browser.get(url.href);
    const [, file = ''] = /url\((\/[^)]*)\)/.exec(sheet.text) ?? [];
    into.add(get(file, {}));
  }
}

interface FoundForm {
  readonly action: string;
  readonly method: string;
  readonly fields: Record<string, string>;
}

function formsOf(page: Page): FoundForm[] {
  return [...page.text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, open = '', inner = '']) => {
    const fields: Record<string, string> = {};
    for (const [tag] of inner.matchAll(/<(?:input|button|select|textarea)\b[^>]*>/g)) {
      const name = attribute(tag, 'name');
      if (name !== null) fields[name] ??= attribute(tag, 'value') ?? '';
    }
    return {
      action: attribute(open, 'action') ?? page.url,
      method: (attribute(open, 'method') ?? 'get').toLowerCase(),
      fields,
    };
  });
}

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]?.replaceAll('&amp;', '&') ?? null;

/** Templates by route, so that every endpoint gets its share of the requests. */
class Collection {
  private readonly routes: TestApp['routes'];
  private readonly byRoute = new Map<string, Attempt[]>();
  private readonly names = new Set<string>([
    'lang',
    'next',
    'ticket',
    'csrf',
    'token',
    'id',
    'page',
    'size',
    'sort',
    'access_token',
  ]);
  private readonly seen = new Set<string>();
  private readonly values = new Set<string>(['']);

  constructor(routes: TestApp['routes']) {
    this.routes = routes;
    for (const { method, path } of routes) this.byRoute.set(`${method} ${path}`, []);
  }

  plainPages(): string[] {
    return this.routes
      .filter(
        ({ method, surface, path }) =>
          method === 'GET' && surface !== 'plain' && !path.includes('/:') && !path.startsWith('/assets/'),
      )
      .map(({ path }) => path);
  }

  /** Whether it is a request to a route, and one that was not here yet. */
  add(attempt: Attempt): boolean {
    const route = this.routes.find(({ method, path }) => method === attempt.method && matches(path, attempt.path));
    const list = route === undefined ? undefined : this.byRoute.get(`${route.method} ${route.path}`);
    const text = JSON.stringify(attempt);
    if (list === undefined || this.seen.has(text)) return false;
    this.seen.add(text);
    list.push(attempt);
    for (const [name, value] of [...attempt.query, ...(attempt.body.kind === 'form' ? attempt.body.pairs : [])]) {
      this.names.add(decodeURIComponent(name));
      this.values.add(decodeURIComponent(value.replaceAll('+', ' ')).slice(0, 300));
    }
    return true;
  }

  /** JSON answers name the keys that their routes take. */
  words(text: string): void {
    if (!text.startsWith('{') && !text.startsWith('[')) return;
    for (const [, key = ''] of text.matchAll(/"([A-Za-z_-]{1,40})":/g)) this.names.add(key);
    for (const [, value = ''] of text.matchAll(/:"([^"\\]{1,80})"/g)) this.values.add(value);
  }

  /** Each route as it stands, for each person and with an access token: a new endpoint needs no line here. */
  fill(cast: Cast, token: string): void {
    const bearer: Pair = ['Authorization', `Bearer ${token}`];
    const visitors = steadyBrowsers(cast).map(cookieOf);
    const ids = [cast.clients.web.id, cast.user.muid, '1'];
    for (const { method, path, surface, body } of this.routes) {
      const concrete = path.replaceAll(/:[A-Za-z]+/g, () => ids[0] ?? '1');
      const credentials: Pair[][] = surface === 'api' ? [[bearer], ...visitors] : visitors;
      for (const headers of credentials) {
        const json = Object.fromEntries([...this.names].slice(0, 12).map((name) => [name, 'x']));
        this.byRoute.get(`${method} ${path}`)?.push({
          method,
          path: concrete,
          query: [],
          headers:
            body === 'none'
              ? headers
              : [['Content-Type', body === 'json' ? 'application/json' : FORM], ...headers, ['Origin', cast.world.url]],
          body:
            body === 'json'
              ? { kind: 'json', value: json }
              : body === 'form'
                ? { kind: 'form', pairs: [] }
                : { kind: 'none' },
          broken: false,
        });
      }
    }
    for (const id of ids) this.values.add(id);
    this.values.add(token);
  }

  templates(): Seeds['templates'] {
    return [...this.byRoute].map(([route, attempts]) => ({ route, attempts }));
  }

  pool(): Pool {
    return { names: [...this.names], values: [...this.values] };
  }
}

function matches(pattern: string, path: string): boolean {
  const [wanted, asked] = [pattern.split('/'), path.split('/')];
  return (
    wanted.length === asked.length && wanted.every((segment, at) => segment.startsWith(':') || segment === asked[at])
  );
}
