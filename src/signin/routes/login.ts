import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { SigninDeps } from '../deps.ts';
import { knownBrowser, languageOf, pathWith, SESSION_COOKIE } from '../visitor.ts';
import { redirect } from './answer.ts';
import { showLogin, takeLogin } from './login-form.ts';
import { requireTransaction } from './transaction.ts';

const ACCOUNT = '/account';
const OWN_PATHS = ['/', `${ACCOUNT}/*`];

/** Below a path with `/*` at its end: plain segments and a plain query, so that nothing else can be meant by it. */
const BELOW = /^(?:\/[A-Za-z0-9_-]+)*(?:\?[A-Za-z0-9_=&%.+-]*)?$/;

const leadsTo = (path: string, asked: string): boolean => {
  if (!path.endsWith('/*')) return asked === path;
  const base = path.slice(0, -2);
  return asked.startsWith(base) && BELOW.test(asked.slice(base.length));
};

/** Our own login page, and the login step of an application's request. */
export function loginRoutes(deps: SigninDeps): Route[] {
  /** Only paths that we know: a `next` from a link is nothing to trust. */
  const nextOf = (asked: string | undefined): string =>
    asked !== undefined && [...OWN_PATHS, ...deps.nextPaths].some((path) => leadsTo(path, asked)) ? asked : ACCOUNT;

  async function show(request: HttpRequest): Promise<HttpAnswer> {
    const next = nextOf(request.query().get('next'));
    if ((await deps.identity.readSession(request.cookies.get(SESSION_COOKIE))) !== null) return redirect(next);
    const self = pathWith('/login', { next });
    const turn = {
      browser: knownBrowser(request),
      language: languageOf(request),
      session: null,
      other: false,
      flow: null,
    };
    return showLogin(deps, { ...turn, next, self });
  }

  async function plain(request: HttpRequest): Promise<HttpAnswer> {
    const next = nextOf(request.form.get('next'));
    return takeLogin(
      deps,
      request,
      { language: languageOf(request), flow: null, next, self: pathWith('/login', { next }) },
      next,
    );
  }

  async function inFlow(request: HttpRequest): Promise<HttpAnswer> {
    const ticket = request.form.get('ticket') ?? '';
    const resumed = await requireTransaction(deps, ticket, knownBrowser(request));
    const language = languageOf(request, resumed.request.locale);
    const asker = resumed.client.status === 'ACTIVE' ? await deps.consent.asker(resumed.client.id) : null;
    const flow = { ticket, resumed, clientName: asker?.client.name ?? null };
    const self = pathWith('/signin', { ticket });
    return takeLogin(deps, request, { language, flow, self }, pathWith('/signin', { ticket, lang: language.chosen }));
  }

  return [
    { method: 'GET', path: '/login', surface: 'page', body: 'none', handle: show },
    { method: 'POST', path: '/login', surface: 'page', body: 'form', handle: plain },
    { method: 'POST', path: '/signin/login', surface: 'page', body: 'form', handle: inFlow },
  ];
}
