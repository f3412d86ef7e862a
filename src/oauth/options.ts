import type { Clock } from '#kernel';
import type {
  ClientAuthFailures,
  ClientDirectory,
  CodeStore,
  ConnectionUses,
  ConsentedScopes,
  GrantStore,
  KeyStore,
  ResourceOwners,
  TransactionStore,
} from './ports/index.ts';

/** Lifetimes in seconds. */
export interface OAuthLifetimes {
  readonly code: number;
  readonly accessToken: number;
  /** How long a rotating refresh token lives unused. */
  readonly refreshIdle: number;
  /** How long an authorization lives at most; a kept refresh token lives as long. */
  readonly grant: number;
}

/** What the authorization server is built from; `main` composes it. */
export interface OAuthDeps {
  /** The public origin, without a slash at the end: the issuer, whatever a request's Host says. */
  readonly issuer: string;
  readonly clock: Clock;
  readonly lifetimes: OAuthLifetimes;
  readonly clients: ClientDirectory;
  readonly transactions: TransactionStore;
  readonly codes: CodeStore;
  readonly grants: GrantStore;
  readonly keys: KeyStore;
  readonly owners: ResourceOwners;
  readonly consented: ConsentedScopes;
  readonly uses: ConnectionUses;
  readonly failures: ClientAuthFailures;
}
