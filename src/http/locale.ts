import { LOCALES, type Locale } from '#kernel';
import type { Params } from './types.ts';

export const LANGUAGE_COOKIE = 'medbiz-lang';
const MAX_TAGS = 20;

function asLocale(tag: string | undefined): Locale | null {
  const language = tag?.trim().split('-', 1)[0]?.toLowerCase();
  return LOCALES.find((locale) => locale === language) ?? null;
}

/** The language that the person chose on a page just now (`?lang=en`); it is remembered in a cookie. */
export const chosenLocale = (query: Params | null): Locale | null => asLocale(query?.get('lang'));

/** The choice, then what the client asked for (`ui_locales`, OpenID Connect Core §3.1.2.1), the cookie, the browser, Korean. */
export function pickLocale(
  query: Params | null,
  cookie: string | undefined,
  acceptLanguage: string | undefined,
): Locale {
  return (
    chosenLocale(query) ??
    firstOf(query?.get('ui_locales')?.split(' ', MAX_TAGS)) ??
    asLocale(cookie) ??
    preferred(acceptLanguage) ??
    'ko'
  );
}

function firstOf(tags: readonly string[] | undefined): Locale | null {
  for (const tag of tags ?? []) {
    const locale = asLocale(tag);
    if (locale !== null) return locale;
  }
  return null;
}

/** RFC 9110 §12.5.4: the highest weight wins, the earlier of equals. */
function preferred(header: string | undefined): Locale | null {
  let best: { locale: Locale; weight: number } | null = null;
  for (const part of header?.split(',', MAX_TAGS) ?? []) {
    const [tag, weightText] = part.split(';', 2);
    const locale = asLocale(tag);
    const weight = weightText === undefined ? 1 : Number(/q=([0-9.]+)/.exec(weightText)?.[1] ?? 1);
    if (locale !== null && weight > (best?.weight ?? 0)) best = { locale, weight };
  }
  return best?.locale ?? null;
}
