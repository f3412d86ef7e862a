/** What a person says about himself or herself: name and birthday. */

export type NameProblem = 'empty' | 'too-long' | 'shape';
export type BirthdayProblem = 'empty' | 'shape' | 'future' | 'too-early' | 'too-young';

const MAX_NAME = 64;
/** Controls, line and paragraph separators, bidirectional overrides and isolates, zero-width marks, unassigned. */
const NOT_IN_A_NAME = /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/u;

/** NFC, one space between words, none around. */
export const tidyName = (typed: string): string => typed.normalize('NFC').replaceAll(/ {2,}/g, ' ').trim();

/** Expects a tidied name. The length counts code points. */
export function checkName(name: string): NameProblem | null {
  if (name === '') return 'empty';
  if (NOT_IN_A_NAME.test(name)) return 'shape';
  return [...name].length > MAX_NAME ? 'too-long' : null;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;
const LOOSE = /^(\d{4})[-./ 년]{0,2}(\d{1,2})[-./ 월]{0,2}(\d{1,2})[. 일]{0,2}$/;

/** `1990-1-31`, `19900131`, `1990. 1. 31.` and `1990년 1월 31일` as `1990-01-31`; anything else as it was typed. */
export function tidyBirthday(typed: string): string {
  const text = typed.trim().replaceAll(/[０-９]/g, (digit) => String(digit.charCodeAt(0) - 0xff10));
  const compact = /^\d{8}$/.test(text) ? `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}` : text;
  const parts = LOOSE.exec(compact);
  if (parts === null || /^\d{5,7}$/.test(text)) return text;
  return `${parts[1]}-${(parts[2] ?? '').padStart(2, '0')}-${(parts[3] ?? '').padStart(2, '0')}`;
}

/** The date in Seoul at a moment: ages are counted by the Korean day, wherever the server stands. */
export const seoulDate = (now: number): string => new Date(now + 9 * 3_600_000).toISOString().slice(0, 10);

/** Full years between two `yyyy-MM-dd`. One born on 29 February has the birthday on 1 March in other years (민법 제158조, 제160조). */
export function ageOn(birthday: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(birthday.slice(0, 4));
  return date.slice(5) < birthday.slice(5) ? years - 1 : years;
}

/** Expects a tidied birthday. `minimumAge` in full years (개인정보 보호법 제22조의2: 14). */
export function checkBirthday(birthday: string, now: number, minimumAge: number): BirthdayProblem | null {
  if (birthday === '') return 'empty';
  if (!isCalendarDate(birthday)) return 'shape';
  const today = seoulDate(now);
  if (birthday > today) return 'future';
  if (birthday < '1900-01-01') return 'too-early';
  return ageOn(birthday, today) < minimumAge ? 'too-young' : null;
}

function isCalendarDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
