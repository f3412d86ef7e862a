import type { HttpRequest, Params } from '#http';
import { readHandle } from '#kernel';
import type { ResumedAuthorization } from '#oauth';
import type { SigninDeps } from './deps.ts';
import { formActionOf } from './destination.ts';
import { requireTransaction } from './routes/transaction.ts';
import { type KnownBrowser, type Language, languageOf, PENDING_COOKIE, pathWith } from './visitor.ts';
import type { Pending } from '#identity';

/** The application's request that a login is part of. `clientName` null: not to be shown. */
export interface LoginFlow {
  readonly ticket: string;
  readonly resumed: ResumedAuthorization;
  readonly clientName: string | null;
}

/** What a login is for and where it leads; carried through its pages by ticket, or by `next` and `fresh`. */
export interface Way {
  readonly flow: LoginFlow | null;
  readonly next: string;
  /** The page beyond wants a login of the last minutes. */
  readonly fresh: boolean;
  readonly language: Language;
}

const ACCOUNT = '/account';
const OWN_PATHS = ['/', `${ACCOUNT}/*`];

/** Below a path with `/*` at its end: plain segments and a plain query, so that nothing else can be meant by it. */
const BELOW = /^(?:\/[A-Za-z0-9_-]+)*(?:\?[A-Za-z0-9_=&%.+-]*)?$/;

const leadsTo = (path: string, asked: string): boolean => {
  if (!path.endsWith('/*')) return asked === path;
  const base = path.slice(0, -2);
  return asked.startsWith(base) && BELOW.test(asked.slice(base.length));
};

/** Reads where a login leads from a query or a form. Throws PageError `expired` or `already-done` for a dead ticket. */
export async function wayOf(
  deps: SigninDeps,
  request: HttpRequest,
  params: Params,
  browser: KnownBrowser,
): Promise<Way> {
  const ticket = params.get('ticket');
  if (ticket !== undefined) {
    const resumed = await requireTransaction(deps, ticket, browser);
    const asker = resumed.client.status === 'ACTIVE' ? await deps.consent.asker(resumed.client.id) : null;
    const flow = { ticket, resumed, clientName: asker?.client.name ?? null };
    return { flow, next: ACCOUNT, fresh: false, language: languageOf(request, resumed.request.locale) };
  }
  const asked = params.get('next');
  // Only paths that we know: a `next` from a link is nothing to trust.
  const next =
    asked !== undefined && [...OWN_PATHS, ...deps.nextPaths].some((path) => leadsTo(path, asked)) ? asked : ACCOUNT;
  return { flow: null, next, fresh: params.get('fresh') === '1', language: languageOf(request) };
}

/** Fields of a form, or parameters of a link, that keep the way. */
export const carried = ({ flow, next, fresh }: Way): Record<string, string | null> =>
  flow === null ? { ticket: null, next, fresh: fresh ? '1' : null } : { ticket: flow.ticket, next: null, fresh: null };

/** The page of the login itself; what it shows is decided there. */
export const loginPath = (way: Way, more: Readonly<Record<string, string | null>> = {}): string =>
  pathWith(way.flow === null ? '/login' : '/signin', { ...carried(way), ...more });

/** Where a complete login goes. */
export const beyond = (way: Way): string =>
  way.flow === null ? way.next : pathWith('/signin', { ticket: way.flow.ticket, lang: way.language.chosen });

export const formActionFor = ({ flow }: Way): string | undefined =>
  flow === null ? undefined : formActionOf(flow.resumed.request.redirectUri);

/** By which a begun login knows the request that it began in; it is continued in that one alone. */
export const ticketIdOf = ({ flow }: Pick<Way, 'flow'>): string | null =>
  flow === null ? null : (readHandle('ticket', flow.ticket)?.lookupId ?? null);

/** The login that this browser has begun on this way and still owes a factor; null for anything else. */
export async function pendingOn(
  deps: SigninDeps,
  request: HttpRequest,
  browser: KnownBrowser,
  way: Pick<Way, 'flow'>,
): Promise<Pending | null> {
  const pending = await deps.identity.pendingLogin(request.cookies.get(PENDING_COOKIE), browser.digest);
  return pending?.ticketId === ticketIdOf(way) ? pending : null;
}
