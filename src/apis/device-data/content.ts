import type { HttpRequest } from '#http';
import { badRequest, member } from '../numbers.ts';

export interface Content {
  /** As it was sent. */
  readonly con: unknown;
  /** The same as text: a string as it is, anything else as compact JSON. */
  readonly text: string;
  readonly cnf: string | null;
}

const CNF = /^[\x20-\x7e]{1,64}$/;
const TY = /;[ \t]*ty=(?:"([^"]*)"|([^;\s]*))/i;

/** Reads `{"m2m:cin": {"con", "cnf"}}` of a request that says it makes a contentInstance (`ty=4`). Throws 400. */
export function contentOf(request: HttpRequest): Content {
  const ty = TY.exec(request.header('content-type') ?? '');
  if ((ty?.[1] ?? ty?.[2]) !== '4') throw badRequest('The content type must say ty=4.');
  const cin = member(request.json, 'm2m:cin');
  const con = member(cin, 'con');
  if (typeof con !== 'string' && typeof con !== 'number' && (typeof con !== 'object' || con === null)) {
    throw badRequest('m2m:cin.con must be a number, a string or an object.');
  }
  // NUL and half surrogates can't be kept as text as they were sent; within an object JSON escapes them.
  if (typeof con === 'string' && (con.includes('\0') || !con.isWellFormed())) {
    throw badRequest('con has characters that text can not hold.');
  }
  if (!isFinite(con)) throw badRequest('A number in con is too large to be one.');
  const cnf = member(cin, 'cnf');
  if (cnf !== undefined && (typeof cnf !== 'string' || !CNF.test(cnf))) throw badRequest('m2m:cin.cnf must be text.');
  const isText = typeof con === 'string';
  return {
    con,
    text: isText ? con : JSON.stringify(con),
    cnf: cnf ?? (typeof con === 'object' ? 'application/json' : null),
  };
}

/** JSON has no infinities, but a parser makes one of `1e999`, which could not be kept as it was sent. At most 20 levels. */
function isFinite(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value !== 'object' || value === null || Object.values(value).every(isFinite);
}
