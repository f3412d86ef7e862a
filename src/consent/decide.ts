import type { ScopeName } from '#kernel';
import type { Terms } from './notice.ts';
import type { ConsentItem } from './ports/index.ts';

export interface ConsentQuestion {
  /** The request's scopes with the terms that hold now. */
  readonly asked: readonly Terms[];
  /** What the projection says of this user and client. */
  readonly items: readonly ConsentItem[];
  /** `prompt=consent`: everything is asked again. */
  readonly force: boolean;
  readonly now: number;
}

export interface ConsentDecision {
  /** To be asked now, in the order of the request; empty when nothing has to be. */
  readonly ask: readonly ScopeName[];
  /** Covered by what the user agreed to before. */
  readonly given: readonly ScopeName[];
}

/**
 * Which scopes to ask about. What was given under the same terms, and has not expired, is not asked again; an optional
 * one that was refused under the same terms is left alone, unless the request is about nothing else; a required one that
 * is missing is always asked (제22조제5항: refusing an optional one must not stand in the way).
 */
export function decideConsent({ asked, items, force, now }: ConsentQuestion): ConsentDecision {
  const before = new Map(items.map((item) => [item.scope, item]));
  const isSame = (terms: Terms): boolean => before.get(terms.scope)?.terms === terms.terms;
  const isGiven = (terms: Terms): boolean => {
    const item = before.get(terms.scope);
    return item?.state === 'GIVEN' && isSame(terms) && (item.expiresAt === null || item.expiresAt > now);
  };
  const isRefused = (terms: Terms): boolean =>
    !terms.required && before.get(terms.scope)?.state === 'REFUSED' && isSame(terms);

  const given = asked.filter(isGiven);
  const names = (some: readonly Terms[]): ScopeName[] => some.map((terms) => terms.scope);
  if (force) return { ask: names(asked), given: names(given) };
  const open = asked.filter((terms) => !isGiven(terms) && !isRefused(terms));
  const onlyRefused = asked.length > 0 && asked.every(isRefused);
  return { ask: names(onlyRefused ? asked : open), given: names(given) };
}
