import type { Locale } from '../api/contracts.ts';
import { i18n } from '@lingui/core';

const LOADERS = {
  ko: () => import('../locales/ko.po'),
  en: () => import('../locales/en.po'),
} satisfies Record<Locale, unknown>;

/** Loads the words of one language and shows them from now on. */
export async function activate(locale: Locale): Promise<void> {
  const { messages } = await LOADERS[locale]();
  i18n.loadAndActivate({ locale, messages });
  document.documentElement.lang = locale;
}

/** The server keeps the choice in its language cookie, so that its own pages follow. The page it answers is not needed. */
export async function chooseLocale(locale: Locale): Promise<void> {
  await activate(locale);
  await fetch(`/console?lang=${locale}`, { credentials: 'same-origin' }).catch(() => undefined);
}
