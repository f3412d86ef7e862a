import type { Act } from '#audit/ports';
import type { PresentedHandle, ScopeName, UserMuid } from '#kernel';
import type { AuthorizationRequest, OAuthClient, Transaction } from '../ports/index.ts';

/** How an answer reaches the client: a redirect, or a page that posts itself (OAuth 2.0 Form Post Response Mode). */
export type AuthorizationAnswer =
  | { readonly mode: 'redirect'; readonly location: string }
  | { readonly mode: 'form_post'; readonly action: string; readonly fields: readonly (readonly [string, string])[] };

/** The request has passed every check; what happens next depends on the person. */
export interface ProvenAuthorization {
  readonly request: AuthorizationRequest;
  readonly client: OAuthClient;
}

export type CheckedAuthorization =
  | ({ readonly kind: 'proceed' } & ProvenAuthorization)
  /**
   * An error that may travel: client and redirect URI are proven. A client in review answers nobody but its owner: for
   * it, the caller must know that the owner is logged in before sending this, and otherwise shows `client-in-review`.
   */
  | {
      readonly kind: 'answer';
      readonly client: OAuthClient;
      readonly answer: AuthorizationAnswer;
      readonly code: string;
    };

export interface ResumedAuthorization extends ProvenAuthorization {
  readonly ticket: PresentedHandle;
  readonly transaction: Transaction;
}

/** The authorization endpoint's part of the protocol, without pages, sessions or users. */
export interface AuthorizationEndpoint {
  /** Throws PageError while client or redirect URI are unproven (R0); every later problem is an `answer`. */
  check(params: ReadonlyMap<string, string>): Promise<CheckedAuthorization>;
  /** Stores a proven request; the ticket is its only name outside. `browser` is the digest of the pre-session cookie, or null. */
  start(request: AuthorizationRequest, browser: Uint8Array | null): Promise<string>;
  /** Null for a ticket that is unknown, expired, or bound to another browser. Checks the client again. */
  resume(ticket: string, browser: Uint8Array): Promise<ResumedAuthorization | null>;
  /**
   * Ends a proven request with a code, or with a token for `response_type=token`. `scopes` is what the user has
   * consented to within the request. Exactly one of parallel calls with one ticket succeeds; null for the others.
   */
  complete(
    act: Act,
    proven: ProvenAuthorization,
    given: { user: UserMuid; authenticatedAt: number; scopes: readonly ScopeName[]; ticket: PresentedHandle | null },
  ): Promise<AuthorizationAnswer | null>;
  /** Ends it with an error that travels. Null when the ticket was already used. */
  refuse(
    proven: ProvenAuthorization,
    code: 'access_denied' | 'login_required' | 'consent_required' | 'invalid_scope' | 'unauthorized_client',
    ticket: PresentedHandle | null,
  ): Promise<AuthorizationAnswer | null>;
}
