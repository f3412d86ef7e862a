import { no, ok, type Result } from '#kernel';
import type { Params } from './types.ts';

export const MAX_NAMES = 100;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

export type ParameterProblem = 'malformed' | 'repeated-parameter' | 'too-large';

/**
 * Reads `application/x-www-form-urlencoded` text, of a body or a query. Stricter than browsers' parsers, because two
 * readers of one request must not disagree about it: every `%` needs two hexadecimal digits, the bytes must be UTF-8
 * without NUL (PA-09), and a name stands once, whatever its values (RFC 6749 §3.1, RU-50). A name without a value is
 * absent (§3.1, PA-06). Names are plain keys: `a[b]=c` is the name `a[b]` (PA-03).
 */
export function parseParameters(text: string): Result<Params, ParameterProblem> {
  const params = new Map<string, string>();
  const seen = new Set<string>();
  if (text === '') return ok(params);
  const pairs = text.split('&');
  if (pairs.length > MAX_NAMES * 2) return no('too-large');
  for (const pair of pairs) {
    if (pair === '') continue;
    const mark = pair.indexOf('=');
    const name = decode(mark < 0 ? pair : pair.slice(0, mark));
    const value = mark < 0 ? '' : decode(pair.slice(mark + 1));
    if (name === null || value === null) return no('malformed');
    if (seen.has(name)) return no('repeated-parameter');
    seen.add(name);
    if (seen.size > MAX_NAMES) return no('too-large');
    if (value !== '') params.set(name, value);
  }
  return ok(params);
}

/** Null for what is no UTF-8 text. */
export function decode(encoded: string): string | null {
  const spaced = encoded.includes('+') ? encoded.replaceAll('+', ' ') : encoded;
  if (!spaced.includes('%')) return spaced.includes('\0') ? null : spaced;
  if (BAD_ESCAPE.test(spaced)) return null;
  try {
    const text = decodeURIComponent(spaced);
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}
