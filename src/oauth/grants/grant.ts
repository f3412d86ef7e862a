import type { AskedScope, ClientMethod, OperatorAllowance } from '#kernel';
import type { AuthenticatedClient } from '../client-auth/authenticate.ts';
import type { OAuthDeps } from '../options.ts';
import type { LiveGrant } from '../ports/index.ts';
import type { Minted } from '../tokens/mint.ts';

/** What the pipeline has settled before a grant is asked. */
export interface GrantRequest {
  readonly params: ReadonlyMap<string, string>;
  readonly by: AuthenticatedClient;
  /** Null when the request names no scope. */
  readonly scope: AskedScope | null;
  readonly now: number;
}

/** What a grant returns: an authorization, or an answer that stands already. It mints nothing and writes no HTTP. */
export type Settled =
  | {
      readonly kind: 'tokens';
      readonly grant: LiveGrant;
      readonly minted: Minted;
      /** The refresh token to answer with where it is not the minted one. */
      readonly keptRefresh: string | null;
    }
  | { readonly kind: 'answer'; readonly body: object };

/** One way to get tokens. `needs` is checked by the pipeline, once, for all of them. */
export interface Grant {
  readonly needs:
    | { readonly method: ClientMethod }
    | { readonly allowance: OperatorAllowance }
    | { readonly nothing: true };
  /** Whether `scope` may name things that do not exist (they are dropped): a refresh intersects, others refuse. */
  readonly scope: 'strict' | 'intersect' | 'unused';
  settle(request: GrantRequest, mint: (grantExpiresAt: number) => Minted, deps: OAuthDeps): Promise<Settled>;
}
