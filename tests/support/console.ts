import assert from 'node:assert/strict';
import type { Static, TSchema } from 'typebox';
import { ENDPOINTS, type Endpoint, type EndpointName, type FieldProblem } from '#contracts/console';
import type { ClientContent } from '#developer';
import { type Browser, openBrowser } from './browser.ts';
import { CALLBACK, type TestUser, type World } from './world.ts';

type AnswerOf<Name extends EndpointName> = (typeof ENDPOINTS)[Name]['answer'] extends infer Schema extends TSchema
  ? Static<Schema>
  : string;

export interface Sent {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** On top of those that the console sends; an empty one takes it away. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Called {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The `error` of the answer, and the fields it names. */
  readonly error: string | undefined;
  readonly fields: readonly FieldProblem[];
}

/** The console as its scripts use the API, in a browser of its own. */
export interface Console {
  readonly browser: Browser;
  readonly csrf: string;
  call(name: EndpointName, sent?: Sent): Promise<Called>;
  /** The answer of a success; fails on anything else. */
  ask<Name extends EndpointName>(name: Name, sent?: Sent): Promise<AnswerOf<Name>>;
}

/** Without a user: somebody who is not logged in. */
export async function openConsole(world: World, user: TestUser | null): Promise<Console> {
  const browser = openBrowser(world.url);
  if (user !== null) await world.login(browser, user);
  let csrf = '';
  const console: Console = {
    browser,
    get csrf() {
      return csrf;
    },

    async call(name, sent = {}) {
      const endpoint: Endpoint = ENDPOINTS[name];
      const headers = {
        cookie: [...browser.cookies].map(([key, value]) => `${key}=${value}`).join('; '),
        ...(endpoint.method === 'GET' ? {} : { 'x-csrf-token': csrf, origin: world.url }),
        ...(sent.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...sent.headers,
      };
      const response = await fetch(world.url + pathOf(endpoint, sent), {
        method: endpoint.method,
        headers: Object.entries(headers).filter(([, value]) => value !== ''),
        ...(sent.body === undefined
          ? {}
          : { body: typeof sent.body === 'string' ? sent.body : JSON.stringify(sent.body) }),
      });
      const text = await response.text();
      const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
      const read = (isJson ? JSON.parse(text) : {}) as { error?: string; fields?: FieldProblem[] };
      return {
        status: response.status,
        headers: response.headers,
        text,
        error: response.ok ? undefined : read.error,
        fields: read.fields ?? [],
      };
    },

    async ask<Name extends EndpointName>(name: Name, sent: Sent = {}) {
      const called = await console.call(name, sent);
      assert.equal(called.status, ENDPOINTS[name].status, `${name}: ${called.status} ${called.text}`);
      return (ENDPOINTS[name].answer === null ? called.text : JSON.parse(called.text)) as AnswerOf<Name>;
    },
  };
  if (user !== null) csrf = (await console.ask('readSession')).csrf;
  return console;
}

function pathOf({ path }: Endpoint, { params = {}, query = {} }: Sent): string {
  const filled = path.replaceAll(/:(\w+)/g, (_all, name: string) => encodeURIComponent(params[name] ?? ''));
  const search = new URLSearchParams(query).toString();
  return `/api/v1${filled}${search === '' ? '' : `?${search}`}`;
}

/** A registration that is fine; `more` says what is different about it. */
export const content = (more: Partial<ClientContent> = {}): ClientContent => ({
  type: 'web',
  name: '건강수첩',
  description: '혈압을 적는 앱입니다.',
  requirePkce: false,
  redirectUris: [CALLBACK],
  scopes: [scope('PROFILE')],
  methods: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
  ...more,
});

export const scope = (
  name: ClientContent['scopes'][number]['scope'],
  more: Partial<ClientContent['scopes'][number]> = {},
): ClientContent['scopes'][number] => ({
  scope: name,
  level: 'REQUIRED',
  purpose: '',
  retention: '',
  refusalEffect: '',
  ...more,
});

/** The content of a client as it was answered, as an edit sends it. */
export const contentIn = (shown: ClientContent): ClientContent => ({
  type: shown.type,
  name: shown.name,
  description: shown.description,
  requirePkce: shown.requirePkce,
  redirectUris: shown.redirectUris,
  scopes: shown.scopes,
  methods: shown.methods,
});
