import { no, ok, type Result, SCOPES, sha256Base64url } from '#kernel';
import type { ClientContent } from './ports/index.ts';
import { type RedirectUriProblem, redirectUriProblem } from './redirect-uri.ts';

/** What is wrong with a registration, at which field; the console and the command line put it into words. */
export interface ContentProblem {
  readonly field: 'name' | 'description' | 'scopes' | 'methods' | 'redirectUris' | 'purpose';
  readonly problem: RedirectUriProblem | 'missing' | 'too-long' | 'too-many' | 'repeated' | 'characters';
  /** The value it is about, where there are several. */
  readonly value?: string;
}

export const LIMITS = { name: 64, description: 255, redirectUris: 20, notice: 500 } as const;

/** Controls, and characters that turn the direction of text or hide: a name must read as it is (CS-22, SS-17). */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const HIDDEN_BUT_LINES = /[\p{Cf}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

/** Checks a whole registration: the resulting object, never the difference to an earlier one (SC-11, SC-12). */
export function checkContent(input: ClientContent): Result<ClientContent, readonly ContentProblem[]> {
  const content: ClientContent = {
    ...input,
    name: input.name.normalize('NFC').trim(),
    description: input.description.normalize('NFC').trim(),
    scopes: SCOPES.flatMap((name) => input.scopes.find(({ scope }) => scope === name) ?? []),
    // Public clients always use PKCE; the switch is theirs to see, not to turn off.
    requirePkce: input.requirePkce || input.type !== 'web',
  };
  const problems: ContentProblem[] = [];
  const { name, description, redirectUris, scopes, methods } = content;
  if (name === '') problems.push({ field: 'name', problem: 'missing' });
  if ([...name].length > LIMITS.name) problems.push({ field: 'name', problem: 'too-long' });
  if (HIDDEN.test(name)) problems.push({ field: 'name', problem: 'characters' });
  if ([...description].length > LIMITS.description) problems.push({ field: 'description', problem: 'too-long' });
  if (HIDDEN_BUT_LINES.test(description)) problems.push({ field: 'description', problem: 'characters' });
  if (scopes.length === 0) problems.push({ field: 'scopes', problem: 'missing' });
  if (methods.length === 0) problems.push({ field: 'methods', problem: 'missing' });
  for (const one of scopes) {
    for (const text of [one.purpose, one.retention, one.refusalEffect]) {
      if ([...text].length > LIMITS.notice) problems.push({ field: 'purpose', problem: 'too-long', value: one.scope });
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
  return problems.length === 0 ? ok(content) : no(problems);
}

/** What a decision is about: the same content gives the same hash, whatever the order of its lists (WB-14). */
export function contentHash(content: ClientContent): string {
  const { type, name, description, requirePkce, redirectUris, scopes, methods } = content;
  const sortedScopes = scopes
    .toSorted((a, b) => a.scope.localeCompare(b.scope, 'en'))
    .map((one) => [one.scope, one.level, one.purpose, one.retention, one.refusalEffect]);
  return sha256Base64url(
    JSON.stringify([type, name, description, requirePkce, redirectUris.toSorted(), sortedScopes, methods.toSorted()]),
  );
}

/** Registered all the same, but worth a word (platform contract, section 9). */
export function contentWarnings(content: ClientContent): readonly ('no-profile' | 'no-authorization-code')[] {
  return [
    ...(content.scopes.some(({ scope }) => scope === 'PROFILE') ? [] : (['no-profile'] as const)),
    ...(content.methods.includes('AUTHORIZATION_CODE') ? [] : (['no-authorization-code'] as const)),
  ];
}
