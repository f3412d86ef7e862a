import { randomBytes } from 'node:crypto';
import { type Act, actBy } from '#audit';
import type { Cookie, HttpRequest } from '#http';
import { LOCALES, type Locale, sha256, type UserMuid } from '#kernel';
import { type Words, wordsFor } from './words/index.ts';

export { SESSION_COOKIE } from '#http';
/** Known before anybody logs in: binds transactions and login forms to one browser. Lives as long as the browser is open. */
export const BROWSER_COOKIE = 'medbiz-pre';

/** A login that still owes a second factor. Never read as a session. */
export const PENDING_COOKIE = 'medbiz-login';

const BROWSER_VALUE = /^[A-Za-z0-9_-]{43}$/;

/** Who acts, for the audit log. */
export const actOf = (request: HttpRequest, at: number, user: UserMuid | null): Act =>
  actBy(request, at, user === null ? { kind: 'nobody', id: null } : { kind: 'user', id: user });

export interface KnownBrowser {
  readonly value: string;
  /** What transactions keep of it. */
  readonly digest: Uint8Array;
  /** To be set with the answer; empty when the browser has it already. */
  readonly cookies: readonly Cookie[];
}

export function knownBrowser(request: HttpRequest): KnownBrowser {
  const present = request.cookies.get(BROWSER_COOKIE);
  const isOurs = present !== undefined && BROWSER_VALUE.test(present);
  const value = isOurs ? present : randomBytes(32).toString('base64url');
  return { value, digest: sha256(value), cookies: isOurs ? [] : [{ name: BROWSER_COOKIE, value }] };
}

export interface Language {
  readonly locale: Locale;
  readonly words: Words;
  /** What the person chose on a page of this flow; travels along, so that it outlasts what the client asked for. */
  readonly chosen: Locale | null;
}

/** The person's choice, then what the client asked for (`ui_locales`), then what the browser says. */
export function languageOf(request: HttpRequest, askedByClient: Locale | null = null): Language {
  const named = request.method === 'POST' ? request.form.get('lang') : request.query().get('lang');
  const chosen = LOCALES.find((locale) => locale === named) ?? null;
  const locale = chosen ?? askedByClient ?? request.locale;
  return { locale, words: wordsFor(locale), chosen };
}

/** Our own path with the parameters that have a value. */
export function pathWith(path: string, params: Readonly<Record<string, string | null>>): string {
  const present = Object.entries(params).filter((entry): entry is [string, string] => entry[1] !== null);
  return present.length === 0 ? path : `${path}?${new URLSearchParams(present).toString()}`;
}
