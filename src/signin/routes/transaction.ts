import { PageError } from '#kernel';
import type { ResumedAuthorization } from '#oauth';
import type { SigninDeps } from '../deps.ts';
import type { KnownBrowser } from '../visitor.ts';

/** The transaction that a ticket names in this browser. Throws PageError `expired` or `already-done`. */
export async function requireTransaction(
  deps: SigninDeps,
  ticket: string | undefined,
  browser: KnownBrowser,
): Promise<ResumedAuthorization> {
  const resumed = ticket === undefined ? null : await deps.authorization.resume(ticket, browser.digest);
  if (resumed === null) throw new PageError('expired', 400, { reason: 'ticket-dead' });
  if (resumed.transaction.completed) throw new PageError('already-done', 409, { reason: 'ticket-dead' });
  return resumed;
}
