import { type ConsentItem, decideConsent, type Terms } from '#consent';
import { type ClientStatus, intersectScope, SECOND, type ScopeName, type UserMuid } from '#kernel';
import type { Owed } from '#identity';
import type { AuthorizationRequest } from '#oauth';

/** Everything that the next step depends on, as plain data. */
export interface Situation {
  readonly request: Pick<AuthorizationRequest, 'prompt' | 'maxAge'> & {
    readonly scope: { readonly names: readonly ScopeName[] };
  };
  readonly client: { readonly status: ClientStatus; readonly ownerId: UserMuid };
  /** Who is logged in in this browser, and since when. */
  readonly session: { readonly user: UserMuid; readonly authenticatedAt: number } | null;
  /** Whoever has given the right password in this very request and still owes a second factor. That is no session. */
  readonly pending: { readonly owes: Owed } | null;
  /** Null for a request that has just arrived and shown no page yet. */
  readonly transaction: { readonly createdAt: number; readonly answeredBy: UserMuid | null } | null;
  /** The terms of the request's scopes, and what the projection says; both empty while nobody is logged in. */
  readonly terms: readonly Terms[];
  readonly items: readonly ConsentItem[];
  readonly now: number;
}

export type Step =
  /** `again`: somebody is logged in already, and has to prove it or choose another account. */
  | { readonly step: 'login'; readonly again: boolean }
  /** The second factor is asked for, or a first one is made by somebody who must have one. */
  | { readonly step: Owed }
  | { readonly step: 'consent'; readonly ask: readonly ScopeName[]; readonly given: readonly ScopeName[] }
  | { readonly step: 'complete'; readonly scopes: readonly ScopeName[] }
  | { readonly step: 'refuse'; readonly code: 'login_required' | 'consent_required' | 'access_denied' }
  /** A client in review, and not its owner: a page of ours, never a redirect, not even for an error. */
  | { readonly step: 'in-review' };

/**
 * What happens next in an authorization request: the one place that decides it.
 *
 *   in review      nobody but the owner is ever answered; the owner is known only once logged in
 *   second factor  whatever else this browser is logged in as: the password was given here, and the rest is owed
 *   logged in      and freshly enough (OpenID Connect Core §3.1.2.1: prompt=login, select_account, max_age)
 *   consent        what is missing, or everything once with prompt=consent
 *   complete       with what was given
 */
export function nextStep(situation: Situation): Step {
  const { request, client, session, pending } = situation;
  const silent = request.prompt.includes('none');
  const inReview = client.status !== 'ACTIVE';

  if (pending !== null && !silent) return { step: pending.owes };

  if (session === null) {
    if (silent) return inReview ? { step: 'in-review' } : { step: 'refuse', code: 'login_required' };
    return { step: 'login', again: false };
  }
  if (inReview && session.user !== client.ownerId) return { step: 'in-review' };
  if (mustLoginAgain(situation, session.authenticatedAt)) {
    return silent ? { step: 'refuse', code: 'login_required' } : { step: 'login', again: true };
  }
  return consentStep(situation, session.user, silent);
}

/** A login made since the transaction began is fresh, however long its page stood open. */
function mustLoginAgain({ request, transaction, now }: Situation, authenticatedAt: number): boolean {
  if (transaction !== null && authenticatedAt >= transaction.createdAt) return false;
  if (request.prompt.includes('login') || request.prompt.includes('select_account')) return true;
  return request.maxAge !== null && now - authenticatedAt >= request.maxAge * SECOND;
}

function consentStep({ request, transaction, terms, items, now }: Situation, user: UserMuid, silent: boolean): Step {
  const answered = transaction?.answeredBy === user;
  const force = request.prompt.includes('consent') && !answered;
  const { ask, given } = decideConsent({ asked: terms, items, force, now });
  const scopes = intersectScope(request.scope.names, given);
  if (answered) {
    // Asked once and no more: what is still missing was refused, or withdrawn in another window.
    const isMissing = terms.some(({ scope, required }) => required && !scopes.includes(scope));
    return isMissing || scopes.length === 0 ? { step: 'refuse', code: 'access_denied' } : { step: 'complete', scopes };
  }
  if (ask.length === 0) return { step: 'complete', scopes };
  return silent ? { step: 'refuse', code: 'consent_required' } : { step: 'consent', ask, given };
}

/** On our own login page, where no application asks: what is shown to somebody who wants to go on to a page of ours. */
export function nextLogin(situation: {
  readonly session: { readonly fresh: boolean } | null;
  readonly pending: { readonly owes: Owed } | null;
  /** The page beyond wants a login of the last minutes. */
  readonly mustBeFresh: boolean;
}): 'login' | 'again' | Owed | 'done' {
  const { session, pending, mustBeFresh } = situation;
  if (pending !== null) return pending.owes;
  if (session === null) return 'login';
  return mustBeFresh && !session.fresh ? 'again' : 'done';
}
