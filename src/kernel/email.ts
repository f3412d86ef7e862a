export type EmailProblem = 'empty' | 'shape';

const MAX = 254;
const MAX_LOCAL = 64;
/** One addr-spec whose local part is a dot-atom (RFC 5322 §3.4.1): no quotes, commas, controls, comments or routes (AC-16). */
const LOCAL = /^[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$&'*+/=?^_`{|}~-]+)*$/;
/** Letters, digits and hyphens in at least two labels; the last is no number. Punycode is refused: it hides look-alikes. */
const LABEL = /^(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const LAST_LABEL = /^[a-z]{2,63}$/;
/** `=?utf-8?q?…?=` would be decoded by some mailers into another address (AC-16). */
const ENCODED_WORD = /=\?|\?=/;

export function checkEmail(typed: string): EmailProblem | null {
  if (typed === '') return 'empty';
  const at = typed.lastIndexOf('@');
  if (typed.length > MAX || at < 1 || ENCODED_WORD.test(typed)) return 'shape';
  const local = typed.slice(0, at);
  const labels = typed
    .slice(at + 1)
    .toLowerCase()
    .split('.');
  if (local.length > MAX_LOCAL || !LOCAL.test(local) || labels.length < 2) return 'shape';
  if (!labels.every((label) => LABEL.test(label)) || !LAST_LABEL.test(labels.at(-1) ?? '')) return 'shape';
  return null;
}

/** For finding one; the local part keeps no case in practice, and nobody may hold an address by its capitals. */
export const foldEmail = (email: string): string => email.toLowerCase();
