import { createHash, randomBytes } from 'node:crypto';
import type { ClientMethod, ClientType, OperatorAllowance, ScopeName, UserMuid } from '#kernel';
import { type Browser, formOf, openBrowser, type Page } from './browser.ts';
import type { TestApp } from './app.ts';

export interface TestUser {
  readonly muid: UserMuid;
  readonly loginId: string;
  readonly password: string;
  readonly name: string;
  readonly email: string;
}

export interface TestClient {
  readonly id: string;
  readonly secret: string;
  readonly redirectUri: string;
  readonly owner: TestUser;
  /** How it authenticates: a secret in the header, or only its name (public clients). */
  readonly how: How;
}

export interface ClientWish {
  readonly owner?: TestUser;
  readonly type?: ClientType;
  readonly name?: string;
  readonly scopes?: readonly ScopeName[];
  readonly optional?: readonly ScopeName[];
  readonly methods?: readonly ClientMethod[];
  readonly redirectUris?: readonly string[];
  readonly requirePkce?: boolean;
  readonly allow?: readonly OperatorAllowance[];
  /** ACTIVE unless said otherwise. */
  readonly status?: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'SUSPENDED';
}

export interface Json {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

export const CALLBACK = 'https://app.example.com/cb';

/** A PKCE pair (RFC 7636 §4.1, §4.2). */
export function pkcePair(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export type How = 'basic' | 'body' | 'none';

/** How a consent page is answered. */
export interface Choice {
  /** Optional scopes to agree to; all when left out. */
  readonly tick?: readonly string[];
  /** Kinds of HEALTH to tick; none when left out, which means all. */
  readonly kinds?: readonly string[];
  /** Presses 취소. */
  readonly deny?: boolean;
}

/** What tests do over HTTP, told in the words of the people who do it. */
export interface World {
  readonly app: TestApp;
  readonly url: string;
  browser(): Browser;
  user(wish?: { roles?: readonly ('developer' | 'operator')[]; name?: string }): Promise<TestUser>;
  client(wish?: ClientWish): Promise<TestClient>;
  /** The URL that an application sends its user to. */
  authorizeUrl(client: TestClient, params?: Record<string, string>): string;
  /** Logs in on our own login page. */
  login(browser: Browser, user: TestUser): Promise<void>;
  /**
   * Goes through whatever pages come, as the user, until the browser is sent to the client or an error page stands.
   */
  walk(browser: Browser, page: Page, user: TestUser, choice?: Choice): Promise<Page>;
  /** From authorize to the redirect; the parameters that the client receives. Throws when it ends on a page of ours. */
  authorize(
    client: TestClient,
    user: TestUser,
    params?: Record<string, string>,
    choice?: Choice & { browser?: Browser },
  ): Promise<URLSearchParams>;
  code(client: TestClient, user: TestUser, params?: Record<string, string>, choice?: Choice): Promise<string>;
  post(path: string, client: TestClient, form: Record<string, string>, how?: How): Promise<Json>;
  token(client: TestClient, form: Record<string, string>, how?: How): Promise<Json>;
  /** A whole login of a user in a client's application: the token answer. */
  tokens(
    client: TestClient,
    user: TestUser,
    params?: Record<string, string>,
    choice?: Choice,
  ): Promise<{ access_token: string; refresh_token: string; scope: string; expires_in: number; token_type: string }>;
  redeem(client: TestClient, code: string, more?: Record<string, string>, how?: How): Promise<Json>;
  refresh(client: TestClient, token: string, more?: Record<string, string>, how?: How): Promise<Json>;
  me(token: string): Promise<Json>;
}

export async function readJson(response: Response): Promise<Json> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  };
}

let made = 0;
const PASSWORD = 'bom-gwa-yeoreum-47';

export function openWorld(app: TestApp): World {
  const world: World = {
    app,
    url: app.url,
    browser: () => openBrowser(app.url),

    async user(wish = {}) {
      const loginId = `person${++made}`;
      const name = wish.name ?? '김하늘';
      const email = `${loginId}@example.com`;
      const muid = await app.createUser({ loginId, name, email, password: PASSWORD, roles: wish.roles ?? [] });
      return { muid, loginId, password: PASSWORD, name, email };
    },

    async client(wish = {}) {
      const owner = wish.owner ?? (await world.user({ roles: ['developer'] }));
      const redirectUris = wish.redirectUris ?? [CALLBACK];
      const registered = await app.createClient({
        owner: owner.muid,
        status: wish.status ?? 'ACTIVE',
        allow: wish.allow ?? [],
        content: {
          type: wish.type ?? 'web',
          name: wish.name ?? '건강수첩',
          description: '혈압을 적는 앱입니다.',
          requirePkce: wish.requirePkce ?? false,
          redirectUris,
          scopes: (wish.scopes ?? ['PROFILE']).map((scope) => ({
            scope,
            level: wish.optional?.includes(scope) ? ('OPTIONAL' as const) : ('REQUIRED' as const),
            purpose: '',
            retention: '',
            refusalEffect: '',
          })),
          methods: wish.methods ?? ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
        },
      });
      return {
        id: registered.id,
        secret: registered.secret ?? '',
        redirectUri: redirectUris[0] ?? CALLBACK,
        owner,
        how: wish.type === undefined || wish.type === 'web' ? 'basic' : 'none',
      };
    },

    authorizeUrl(client, params = {}) {
      const asked = {
        response_type: 'code',
        client_id: client.id,
        redirect_uri: client.redirectUri,
        state: 'st-1',
        ...params,
      };
      return `${app.url}/oauth/authorize?${new URLSearchParams(asked)}`;
    },

    async login(browser, user) {
      const page = await browser.get('/login');
      const form = formOf(page, 'login');
      await browser.post(form.action, { ...form.fields, username: user.loginId, password: user.password });
    },

    async walk(browser, page, user, choice = {}) {
      let current = await browser.follow(page);
      for (let steps = 0; steps < 6; steps++) {
        if (current.status === 200 && /\sid="login"/.test(current.text)) {
          const form = formOf(current, 'login');
          current = await browser.post(form.action, {
            ...form.fields,
            username: user.loginId,
            password: user.password,
          });
        } else if (current.status === 200 && /\sid="allow"/.test(current.text)) {
          const form = formOf(current, choice.deny ? 'deny' : 'allow');
          const scopes = form.boxes.filter((box) => box.startsWith('scope-'));
          const ticked = scopes.filter((box) => choice.tick?.includes(box.slice('scope-'.length)) ?? true);
          current = await browser.post(form.action, {
            ...form.fields,
            ...Object.fromEntries(ticked.map((box) => [box, 'on'])),
            ...Object.fromEntries((choice.kinds ?? []).map((kind) => [`kind-${kind}`, 'on'])),
            decision: choice.deny ? 'deny' : 'allow',
          });
        } else {
          return current;
        }
        current = await browser.follow(current);
      }
      return current;
    },

    async authorize(client, user, params, choice = {}) {
      const browser = choice.browser ?? world.browser();
      const end = await world.walk(browser, await browser.get(world.authorizeUrl(client, params)), user, choice);
      if (end.location === null)
        throw new Error(`ended on a page of ours: ${end.status} ${end.url}\n${end.text.slice(0, 2000)}`);
      const url = new URL(end.location);
      return url.hash === '' ? url.searchParams : new URLSearchParams(url.hash.slice(1));
    },

    async code(client, user, params, choice) {
      const code = (await world.authorize(client, user, params, choice)).get('code');
      if (code === null) throw new Error('no code in the answer');
      return code;
    },

    async post(path, client, form, how = client.how) {
      const basic = Buffer.from(`${client.id}:${client.secret}`).toString('base64');
      const body =
        how === 'body'
          ? { client_id: client.id, client_secret: client.secret, ...form }
          : how === 'none'
            ? { client_id: client.id, ...form }
            : form;
      const response = await fetch(`${app.url}${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          ...(how === 'basic' ? { authorization: `Basic ${basic}` } : {}),
        },
        body: new URLSearchParams(body).toString(),
      });
      return readJson(response);
    },

    token: (client, form, how) => world.post('/oauth/token', client, form, how),

    redeem: (client, code, more = {}, how) =>
      world.token(client, { grant_type: 'authorization_code', code, redirect_uri: client.redirectUri, ...more }, how),

    refresh: (client, token, more = {}, how) =>
      world.token(client, { grant_type: 'refresh_token', refresh_token: token, ...more }, how),

    async tokens(client, user, params, choice) {
      const pair = pkcePair();
      const asked = { code_challenge: pair.challenge, code_challenge_method: 'S256', ...params };
      const code = await world.code(client, user, asked, choice);
      const answer = await world.redeem(client, code, { code_verifier: pair.verifier });
      if (answer.status !== 200) throw new Error(`no tokens: ${answer.status} ${JSON.stringify(answer.body)}`);
      return answer.body as Awaited<ReturnType<World['tokens']>>;
    },

    me: async (token) => readJson(await fetch(`${app.url}/user/me`, { headers: { authorization: `Bearer ${token}` } })),
  };
  return world;
}
