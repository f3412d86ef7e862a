import type { ClientContent } from '../client.ts';
import { CLIENT_METHODS, LIMITS, SCOPES, type Warning } from '../terms.ts';
import { type RedirectUriProblem, redirectUriProblem } from './redirect-uri.ts';

/** What is wrong with a registration, at which field. */
export interface ContentProblem {
  readonly field: 'name' | 'description' | 'scopes' | 'methods' | 'redirectUris' | 'purpose';
  readonly problem: RedirectUriProblem | 'missing' | 'too-long' | 'too-many' | 'repeated' | 'characters';
  /** The value it is about, where there are several. */
  readonly value?: string;
}

/** Controls, and characters that turn the direction of text or hide: a name must read as it is. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const HIDDEN_BUT_LINES = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

/** As people count: code points of the composed form. */
export const lengthOf = (text: string): number => [...text].length;

/** The content as it is kept: composed, trimmed, scopes and methods in the platform's order and each once. */
export const normalContent = (input: ClientContent): ClientContent => ({
  ...input,
  name: input.name.normalize('NFC').trim(),
  description: input.description.normalize('NFC').trim(),
  scopes: SCOPES.flatMap((name) => input.scopes.find(({ scope }) => scope === name) ?? []),
  methods: CLIENT_METHODS.filter((method) => input.methods.includes(method)),
  // Public clients always use PKCE; the switch is theirs to see, not to turn off.
  requirePkce: input.requirePkce || input.type !== 'web',
});

/** Checks a whole registration in its normal form: the resulting object, never the difference to an earlier one. */
export function contentProblems(content: ClientContent): readonly ContentProblem[] {
  const problems: ContentProblem[] = [];
  const { name, description, redirectUris, scopes, methods } = content;
  if (name === '') problems.push({ field: 'name', problem: 'missing' });
  if (lengthOf(name) > LIMITS.name) problems.push({ field: 'name', problem: 'too-long' });
  if (HIDDEN.test(name)) problems.push({ field: 'name', problem: 'characters' });
  if (lengthOf(description) > LIMITS.description) problems.push({ field: 'description', problem: 'too-long' });
  if (HIDDEN_BUT_LINES.test(description)) problems.push({ field: 'description', problem: 'characters' });
  if (scopes.length === 0) problems.push({ field: 'scopes', problem: 'missing' });
  if (methods.length === 0) problems.push({ field: 'methods', problem: 'missing' });
  for (const one of scopes) {
    for (const text of [one.purpose, one.retention, one.refusalEffect]) {
      if (lengthOf(text) > LIMITS.notice) problems.push({ field: 'purpose', problem: 'too-long', value: one.scope });
      if (HIDDEN.test(text)) problems.push({ field: 'purpose', problem: 'characters', value: one.scope });
    }
  }
  const redirects = methods.includes('AUTHORIZATION_CODE') || methods.includes('IMPLICIT');
  if (redirects && redirectUris.length === 0) problems.push({ field: 'redirectUris', problem: 'missing' });
  if (redirectUris.length > LIMITS.redirectUris) problems.push({ field: 'redirectUris', problem: 'too-many' });
  if (new Set(redirectUris).size !== redirectUris.length) problems.push({ field: 'redirectUris', problem: 'repeated' });
  for (const uri of redirectUris.slice(0, LIMITS.redirectUris)) {
    const problem = redirectUriProblem(uri, content.type);
    if (problem !== null) problems.push({ field: 'redirectUris', problem, value: uri });
  }
  return problems;
}

/** Registered all the same, but worth a word. */
export const contentWarnings = (content: ClientContent): readonly Warning[] => [
  ...(content.scopes.some(({ scope }) => scope === 'PROFILE') ? [] : (['no-profile'] as const)),
  ...(content.methods.includes('AUTHORIZATION_CODE') ? [] : (['no-authorization-code'] as const)),
  ...(content.methods.includes('IMPLICIT') ? (['implicit'] as const) : []),
];
