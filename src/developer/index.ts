/**
 * Owns: clients, their versions and secrets, products, their manifests and devices, and the review of both. Does not own: what a client may do at an endpoint (oauth
 * asks its own directory), users, or pages.
 */
import type { Act } from '#audit/ports';
import {
  type ClientId,
  newClientId,
  no,
  type OperatorAllowance,
  ok,
  type Result,
  type ScopeName,
  type UserMuid,
} from '#kernel';
import { checkContent, type ContentProblem, contentHash } from './content.ts';
import type { Client, ClientContent, ClientStore, ReviewAction } from './ports/index.ts';
import { afterReview } from './review.ts';
import { makeSecret, type SecretsKey } from './secrets.ts';

export { type ContentProblem, contentWarnings, LIMITS } from './content.ts';
export { asMac, asSerial, type DeviceLineProblem, MOST_DEVICES } from './device-list.ts';
export type * from './ports/index.ts';
export { type ProductProblem } from './product-content.ts';
export {
  createProducts,
  type DeviceImport,
  type FactoryDevice,
  type ProductDecisionProblem,
  type Products,
} from './products.ts';
export { redirectUriProblem } from './redirect-uri.ts';
export { afterReview } from './review.ts';
export { openSecret, type SecretsKey } from './secrets.ts';

export interface Registered {
  readonly id: ClientId;
  /** Null for spa clients, which can keep none. */
  readonly secret: string | null;
}

export type DecisionProblem = 'unknown-client' | 'not-in-this-status' | 'own-client' | 'changed-meanwhile';

export interface Developer {
  /** Registers a client as PENDING. */
  register(act: Act, owner: UserMuid, content: ClientContent): Promise<Result<Registered, readonly ContentProblem[]>>;
  find(id: ClientId): Promise<Client | null>;
  /**
   * Takes one step of the review. `decidedBy` is null on the command line of the machine, which nobody but its operator
   * reaches; an operator who owns the client can't decide about it. `seen` is the content hash that was looked at.
   */
  review(
    act: Act,
    id: ClientId,
    decision: {
      action: ReviewAction;
      decidedBy: UserMuid | null;
      reason: string;
      seen?: string;
      refusedScopes?: readonly { scope: ScopeName; reason: string }[];
    },
  ): Promise<Result<Client, DecisionProblem>>;
  /** Gives or takes what only an operator may give: the legacy grants, IMPLICIT, introspection of other clients' tokens. */
  allow(
    act: Act,
    id: ClientId,
    allowance: OperatorAllowance,
    allowed: boolean,
  ): Promise<Result<Client, 'unknown-client'>>;
}

export function createDeveloper(deps: {
  clients: ClientStore;
  secretsKey: SecretsKey;
  secretDisplay: 'always' | 'once';
}): Developer {
  const { clients } = deps;
  return {
    find: (id) => clients.find(id),

    async register(act, owner, input) {
      const checked = checkContent(input);
      if (!checked.ok) return checked;
      const id = newClientId();
      const secret =
        input.type === 'spa' ? null : makeSecret(id, 'default', act.at, deps.secretsKey, deps.secretDisplay);
      const content = checked.value;
      await clients.create(act, {
        id,
        owner,
        content,
        contentHash: contentHash(content),
        secret: secret?.kept ?? null,
      });
      return ok({ id, secret: secret?.value ?? null });
    },

    async review(act, id, decision) {
      const client = await clients.find(id);
      if (client === null) return no('unknown-client');
      if (decision.decidedBy === client.ownerId) return no('own-client');
      const to = afterReview(client.status, decision.action);
      if (to === null) return no('not-in-this-status');
      if (decision.seen !== undefined && decision.seen !== client.contentHash) return no('changed-meanwhile');
      const decided = await clients.decide(act, {
        client: id,
        version: client.version,
        contentHash: client.contentHash,
        action: decision.action,
        from: client.status,
        to,
        decidedBy: decision.decidedBy,
        reason: decision.reason,
        refusedScopes: decision.refusedScopes ?? [],
      });
      if (decided !== 'decided') return no('changed-meanwhile');
      const after = await clients.find(id);
      return after === null ? no('unknown-client') : ok(after);
    },

    async allow(act, id, allowance, allowed) {
      const client = await clients.find(id);
      if (client === null) return no('unknown-client');
      const others = client.allowances.filter((one) => one !== allowance);
      await clients.setAllowances(act, id, allowed ? [...others, allowance] : others);
      const after = await clients.find(id);
      return after === null ? no('unknown-client') : ok(after);
    },
  };
}
