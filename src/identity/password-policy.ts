import { foldLoginId } from './login-id.ts';

export type PasswordProblem = 'empty' | 'too-short' | 'too-long' | 'unusable' | 'common' | 'contains-you';

const MIN_CHARACTERS = 8;
export const MAX_PASSWORD_BYTES = 1024;

/** What a password must not be made of. */
export interface AboutYou {
  readonly loginId: string;
  readonly email: string;
  readonly name: string;
  readonly brand: string;
}

/**
 * Could this be anybody's password at all? Asked before any hashing, so that size costs nothing (AC-09). Every character
 * counts as it was typed: no trimming, no folding, no truncation.
 */
export const isPossiblePassword = (typed: string): boolean =>
  typed !== '' && Buffer.byteLength(typed) <= MAX_PASSWORD_BYTES && !typed.includes('\0') && typed.isWellFormed();

/** For a password that is being set. Common ones and those made of the person's own data are refused (AC-10). */
export async function checkNewPassword(typed: string, you: AboutYou): Promise<PasswordProblem | null> {
  if (typed === '') return 'empty';
  if (Buffer.byteLength(typed) > MAX_PASSWORD_BYTES) return 'too-long';
  if (!isPossiblePassword(typed)) return 'unusable';
  if ([...typed].length < MIN_CHARACTERS) return 'too-short';
  const folded = foldPassword(typed);
  if (isMadeOf(folded, you)) return 'contains-you';
  if (isMonotonous(folded) || (await isCommon(folded))) return 'common';
  return null;
}

const foldPassword = (typed: string): string => typed.normalize('NFKC').toLowerCase();

/** One of the person's own words, with fewer than four other characters around it or repeated. */
function isMadeOf(folded: string, you: AboutYou): boolean {
  const [local = '', domain = ''] = you.email.toLowerCase().split('@');
  const words = [
    foldLoginId(you.loginId),
    you.email.toLowerCase(),
    local,
    domain,
    foldPassword(you.name),
    foldPassword(you.brand),
  ];
  words.push(...foldPassword(you.name).split(' '), foldPassword(you.name).replaceAll(' ', ''));
  return words.some((word) => word.length >= 2 && folded.replaceAll(word, '').length < 4 && folded.includes(word));
}

/** `aaaaaaaa`, `12121212`, `        `, `abcdefgh`, `87654321`. */
function isMonotonous(folded: string): boolean {
  if (new Set(folded).size <= 2) return true;
  const codes = [...folded].map((character) => character.codePointAt(0) ?? 0);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  return Math.abs(step) === 1 && codes.every((code, i) => i === 0 || code - (codes[i - 1] ?? 0) === step);
}

let common: Promise<ReadonlySet<string>> | undefined;

/** 49,000 passwords from published leaks, about 35 ms and 4 MB; loaded when the first password is set. */
async function isCommon(folded: string): Promise<boolean> {
  common ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  const known = await common;
  // `Password1!` is `password` with what people add when a form demands it.
  const stem = folded.replace(/[^\p{L}]+$/u, '');
  return known.has(folded) || (stem.length >= 4 && folded.length - stem.length <= 4 && known.has(stem));
}
