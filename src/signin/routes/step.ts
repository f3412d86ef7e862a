import type { Asker } from '#consent';
import { PageError } from '#kernel';
import type { ProvenAuthorization, Transaction } from '#oauth';
import type { Pending, Session } from '#identity';
import type { SigninDeps } from '../deps.ts';
import { nextStep, type Step } from '../flow.ts';

/** A decided step, with what was read to decide it. */
export interface Decided {
  readonly step: Exclude<Step, { step: 'in-review' }>;
  readonly asker: Asker;
}

/**
 * Reads what the decision needs and asks `nextStep`. `pending` counts where a login may be continued, which is on the
 * flow's own page alone: an answer to a consent form is its session's, and a new request begins without one.
 * Throws PageError `client-in-review` (403), which never redirects.
 */
export async function decide(
  deps: SigninDeps,
  proven: ProvenAuthorization,
  session: Session | null,
  transaction: Transaction | null,
  pending: Pending | null = null,
): Promise<Decided> {
  const { client, request } = proven;
  const asker = await deps.consent.asker(client.id);
  if (asker === null) throw new PageError('unknown-client', 400, { reason: 'unknown-client' });
  const step = nextStep({
    request,
    client,
    session: session && { user: session.user.id, authenticatedAt: session.authenticatedAt },
    pending,
    transaction,
    terms: asker.terms(request.scope.names),
    items: session === null ? [] : await deps.consent.items(session.user.id, client.id),
    now: deps.clock.now(),
  });
  if (step.step === 'in-review') throw inReview();
  return { step, asker };
}

export const inReview = (): PageError => new PageError('client-in-review', 403, { reason: 'pending-not-owner' });
