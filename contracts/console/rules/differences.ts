import type { ClientContent, Difference } from '../client.ts';
import { CLIENT_METHODS, type ContentField, SCOPES } from '../terms.ts';

const TEXTS = ['purpose', 'retention', 'refusalEffect'] as const;

/**
 * What differs between two contents, field by field in the form's order. Lists are compared as sets: their order means
 * nothing. A scope that only one side has stands in `scopes` alone, with its notice texts where it brings any.
 */
export function differencesBetween(before: ClientContent, after: ClientContent): Difference[] {
  const found: Difference[] = [];
  const compare = (
    field: ContentField,
    was: readonly string[],
    is: readonly string[],
    scope: Difference['scope'] = null,
  ): void => {
    const same = was.length === is.length && was.every((value) => is.includes(value));
    if (!same) found.push({ field, scope, before: [...was], after: [...is] });
  };
  compare('name', text(before.name), text(after.name));
  compare('description', text(before.description), text(after.description));
  compare('scopes', scopesOf(before), scopesOf(after));
  for (const scope of SCOPES) {
    const was = before.scopes.find((one) => one.scope === scope);
    const is = after.scopes.find((one) => one.scope === scope);
    if (is === undefined) continue;
    if (was !== undefined) compare('level', [was.level], [is.level], scope);
    else if (is.level === 'OPTIONAL') compare('level', [], [is.level], scope);
    for (const field of TEXTS) compare(field, text(was?.[field] ?? ''), text(is[field]), scope);
  }
  compare('methods', methodsOf(before), methodsOf(after));
  compare('redirectUris', before.redirectUris, after.redirectUris);
  compare('type', [before.type], [after.type]);
  compare('requirePkce', [String(before.requirePkce)], [String(after.requirePkce)]);
  return found;
}

const text = (value: string): string[] => (value === '' ? [] : [value]);
const scopesOf = (content: ClientContent): string[] =>
  SCOPES.filter((name) => content.scopes.some(({ scope }) => scope === name));
const methodsOf = (content: ClientContent): string[] => CLIENT_METHODS.filter((one) => content.methods.includes(one));

/**
 * Whether the change only takes away, so that it goes live without a review: scopes, methods or redirect URLs that were
 * there go, with at least one of each kind left, or PKCE is switched on. Everything that people read (names, purposes,
 * levels) and the type are never part of a narrowing.
 */
export function onlyNarrows(before: ClientContent, after: ClientContent): boolean {
  const differences = differencesBetween(before, after);
  return (
    differences.length > 0 &&
    differences.every(({ field, before: was, after: is }) => {
      if (field === 'requirePkce') return is.includes('true');
      const lists = field === 'scopes' || field === 'redirectUris' || field === 'methods';
      return lists && is.length > 0 && is.every((value) => was.includes(value));
    })
  );
}
