import type { Locale } from '#kernel';

/** Korean time, wherever the server stands: what people are told is a day of their own. */
const TIME_ZONE = 'Asia/Seoul';

const formats = (options: Intl.DateTimeFormatOptions): Readonly<Record<Locale, Intl.DateTimeFormat>> => ({
  ko: new Intl.DateTimeFormat('ko', { ...options, timeZone: TIME_ZONE }),
  en: new Intl.DateTimeFormat('en', { ...options, timeZone: TIME_ZONE }),
});

const DAYS = formats({ dateStyle: 'long' });
const MOMENTS = formats({ dateStyle: 'long', timeStyle: 'short' });

/** `2026년 3월 2일`, `March 2, 2026`. */
export const dayOf = (at: number, locale: Locale): string => DAYS[locale].format(at);

/** `2026년 3월 2일 오후 6:05`, `March 2, 2026 at 6:05 PM`. */
export const momentOf = (at: number, locale: Locale): string => MOMENTS[locale].format(at);
