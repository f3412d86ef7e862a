import { no, ok, type Result } from './result.ts';

/** The eight scopes of the platform contract, in the order in which people are shown them. */
export const SCOPES = [
  'PROFILE',
  'DRIVE',
  'DRIVE_READONLY',
  'DEVICE',
  'APPLICATION',
  'GROUP',
  'GROUP_PROFILE',
  'HEALTH',
] as const;

export type ScopeName = (typeof SCOPES)[number];

const NAMES: ReadonlySet<string> = new Set(SCOPES);
const MAX_LENGTH = 512;
/** RFC 6749 §3.3: scope-token characters, single spaces between. */
const GRAMMAR = /^[\x21\x23-\x5B\x5D-\x7E]+(?: [\x21\x23-\x5B\x5D-\x7E]+)*$/;

/** A name accepted in either case; only ASCII letters are folded, and only for the eight names. */
export function asScope(text: string): ScopeName | null {
  const upper = /^[A-Za-z_]+$/.test(text) ? text.toUpperCase() : '';
  return NAMES.has(upper) ? (upper as ScopeName) : null;
}

/** What a request asked for: canonical names without repeats, and the spelling that answers will use. */
export interface AskedScope {
  readonly names: readonly ScopeName[];
  /** The request's own spelling, name by name; empty when the request named none (answers are then in upper case). */
  readonly spelling: Readonly<Partial<Record<ScopeName, string>>>;
}

/**
 * Parses a `scope` parameter. The problem is a sentence for the developer. `unknown` says what becomes of names that do
 * not exist: a refresh drops them, since it only ever intersects.
 */
export function parseScope(text: string, unknown: 'refuse' | 'drop' = 'refuse'): Result<AskedScope, string> {
  if (text.length > MAX_LENGTH) return no('scope is too long.');
  if (!GRAMMAR.test(text)) return no('scope must be scope names separated by single spaces (RFC 6749 section 3.3).');
  const spelling: Partial<Record<ScopeName, string>> = {};
  for (const token of text.split(' ')) {
    const name = asScope(token);
    if (name !== null) spelling[name] ??= token;
    else if (unknown === 'refuse') return no('scope names a scope that does not exist.');
  }
  return ok({ names: SCOPES.filter((name) => spelling[name] !== undefined), spelling });
}

/** Names joined for a token answer, spelled as the request did. */
export const spellScope = (names: readonly ScopeName[], spelling: AskedScope['spelling']): string =>
  names.map((name) => spelling[name] ?? name).join(' ');

export const joinScope = (names: readonly ScopeName[]): string => names.join(' ');

/** Reads a list that we stored ourselves. */
export const splitScope = (stored: string): ScopeName[] => {
  const asked = new Set(stored.split(' '));
  return SCOPES.filter((name) => asked.has(name));
};

/** The request's spelling as one column: the spelled names; read back by folding. */
export const joinSpelling = (spelling: AskedScope['spelling']): string => Object.values(spelling).join(' ');

export function splitSpelling(stored: string): AskedScope['spelling'] {
  const spelling: Partial<Record<ScopeName, string>> = {};
  for (const token of stored.split(' ')) {
    const name = asScope(token);
    if (name !== null) spelling[name] = token;
  }
  return spelling;
}

export const intersectScope = (a: readonly ScopeName[], b: readonly ScopeName[]): ScopeName[] =>
  a.filter((name) => b.includes(name));
