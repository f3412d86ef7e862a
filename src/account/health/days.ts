import type { Locale } from '#kernel';

const KOREA = { timeZone: 'Asia/Seoul' } as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export const dayText = (at: number, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...KOREA }).format(at);

export const timeText = (at: number, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium', ...KOREA }).format(at);

/** The first millisecond of a Korean day as a date field sends it; null for what is no day. */
export function startOfDay(text: string | undefined): number | null {
  if (text === undefined || !DAY.test(text)) return null;
  const at = Date.parse(`${text}T00:00:00+09:00`);
  // 30 February is read as a day of March: then it is not the day that was written.
  return Number.isNaN(at) || new Date(at + 9 * 3_600_000).toISOString().slice(0, 10) !== text ? null : at;
}

export const dayField = (at: number): string => new Date(at + 9 * 3_600_000).toISOString().slice(0, 10);
