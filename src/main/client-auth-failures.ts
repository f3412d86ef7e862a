import { addressBlock, type BackoffLimits } from '#identity';
import { hmacBase64url, MINUTE, SECOND } from '#kernel';
import type { ClientAuthFailures } from '#oauth';
import type { Storage } from '#storage';

/** Ten wrong secrets in a minute are free, per client and address (CA-09). */
const LIMIT: BackoffLimits['account'] = { free: 10, windowMs: MINUTE, blockMs: 30 * SECOND, maxBlockMs: 15 * MINUTE };

/** Counts wrong client secrets in the database, so that the count holds for all processes and across restarts. */
export function clientAuthFailures(storage: Pick<Storage, 'backoff' | 'audit'>, key: Uint8Array): ClientAuthFailures {
  return {
    async note(act, client) {
      const who = `client-secret\n${client}\n${addressBlock(act.actor.ip ?? '')}`;
      const rule = { key: { kind: 'client-secret' as const, value: hmacBase64url(key, who) }, ...LIMIT };
      const turn = await storage.backoff.take([rule], act.at);
      if (!turn.allowed) return { retryAt: turn.retryAt };
      // While it is blocked nothing is written, so that a flood of guesses is no flood of rows.
      await storage.audit.append(act, {
        action: 'client.authentication-failed',
        outcome: 'refused',
        client,
        reason: 'wrong secret',
      });
      return null;
    },
  };
}
