import { useLingui } from '@lingui/react/macro';

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, style: 'day' | 'moment'): Intl.DateTimeFormat {
  const key = `${locale} ${style}`;
  let found = formats.get(key);
  if (found === undefined) {
    const options: Intl.DateTimeFormatOptions =
      style === 'day' ? { dateStyle: 'medium' } : { dateStyle: 'medium', timeStyle: 'short' };
    found = new Intl.DateTimeFormat(locale === 'ko' ? 'ko-KR' : 'en-GB', options);
    formats.set(key, found);
  }
  return found;
}

/** A time of the server in the reader's own zone; the exact one is in the element. */
export function Time({ at, style = 'moment' }: { at: number; style?: 'day' | 'moment' }) {
  const { i18n } = useLingui();
  const date = new Date(at);
  return (
    <time className="once" dateTime={date.toISOString()} title={date.toISOString()}>
      {format(i18n.locale, style).format(date)}
    </time>
  );
}

/** The same as text, for sentences. */
export const dayText = (at: number, locale: string): string => format(locale, 'day').format(new Date(at));
