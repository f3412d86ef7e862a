import type { Act } from '#audit/ports';
import type {
  AskedScope,
  ClientId,
  ClientMethod,
  ClientStatus,
  ClientType,
  GrantId,
  OperatorAllowance,
  PresentedHandle,
  ScopeName,
  UserMuid,
} from '#kernel';

/** A client as the protocol sees it: the approved version, or the newest one while none is approved (its owner alone may try it). */
export interface OAuthClient {
  readonly id: ClientId;
  readonly ownerId: UserMuid;
  readonly status: ClientStatus;
  readonly type: ClientType;
  readonly requirePkce: boolean;
  readonly redirectUris: readonly string[];
  /** Registered and not refused by the reviewer. */
  readonly scopes: readonly ScopeName[];
  readonly methods: readonly ClientMethod[];
  readonly allowances: readonly OperatorAllowance[];
  /** Owned by an operator of the platform. */
  readonly ownService: boolean;
}

export interface ClientDirectory {
  find(id: ClientId): Promise<OAuthClient | null>;
  /** Digests of the secrets that live at `now`; authentication uses these alone. */
  secretDigests(id: ClientId, now: number): Promise<{ id: string; digest: Uint8Array; lastUsedAt: number | null }[]>;
  /** At most one write per secret in five minutes; never awaited by a request. */
  noteSecretUse(secretId: string, now: number): Promise<void>;
  /** Is this the origin of a redirect URI of a living public client? (CORS) */
  isPublicClientOrigin(origin: string): Promise<boolean>;
}

/** The authorization request after every check, as it is stored and continued. Nothing of it ever comes back from the browser. */
export interface AuthorizationRequest {
  readonly clientId: ClientId;
  readonly redirectUri: string;
  /** Whether the request itself named the redirect URI (then the token request must too, RFC 6749 §4.1.3). */
  readonly redirectUriSent: boolean;
  readonly responseType: 'code' | 'token';
  readonly responseMode: 'query' | 'fragment' | 'form_post';
  readonly state: string | null;
  readonly scope: AskedScope;
  readonly codeChallenge: string | null;
  readonly prompt: readonly ('none' | 'login' | 'consent' | 'select_account')[];
  readonly maxAge: number | null;
  readonly loginHint: string | null;
  readonly locale: 'ko' | 'en' | null;
}

/** A stored authorization transaction, known to the browser by a ticket. */
export interface Transaction {
  readonly request: AuthorizationRequest;
  /** SHA-256 of the browser's pre-session cookie; null until a cross-site POST is continued by its first GET. */
  readonly browser: Uint8Array | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The user who answered the consent page in it. */
  readonly answeredBy: UserMuid | null;
  readonly completed: boolean;
}

export interface TransactionStore {
  start(ticket: PresentedHandle, transaction: Omit<Transaction, 'answeredBy' | 'completed'>): Promise<void>;
  find(ticket: PresentedHandle, now: number): Promise<Transaction | null>;
  /** Binds an unbound transaction to a browser; the first wins, and the same browser may repeat it. */
  bind(ticket: PresentedHandle, browser: Uint8Array, now: number): Promise<boolean>;
  /** Marks it done without a code (the user refused, or an error was sent). One winner. */
  close(ticket: PresentedHandle, now: number): Promise<boolean>;
}

export interface NewCode {
  readonly handle: PresentedHandle;
  readonly client: ClientId;
  readonly user: UserMuid;
  readonly scopes: readonly ScopeName[];
  readonly spelling: AskedScope['spelling'];
  readonly redirectUri: string;
  readonly redirectUriSent: boolean;
  readonly codeChallenge: string | null;
  readonly authenticatedAt: number;
  readonly expiresAt: number;
}

export interface NewToken {
  readonly handle: PresentedHandle;
  readonly expiresAt: number;
}

/** What a living grant lets its holder have now: its scopes within what the user's consent still covers. */
export interface LiveGrant {
  readonly grant: GrantId;
  readonly client: ClientId;
  readonly user: UserMuid;
  readonly scopes: readonly ScopeName[];
  readonly spelling: AskedScope['spelling'];
  readonly authenticatedAt: number;
  /** When the connection was last noted as used; null before the first time. */
  readonly lastUsedAt: number | null;
}

export type CodeLookup =
  | { readonly found: false }
  | {
      readonly found: true;
      readonly client: ClientId;
      readonly redirectUri: string;
      readonly redirectUriSent: boolean;
      readonly codeChallenge: string | null;
    };

export type RedeemOutcome =
  | { readonly outcome: 'redeemed'; readonly grant: LiveGrant }
  /** The code was used before: the grant it made is ended in the same transaction (RFC 6749 §4.1.2). */
  | { readonly outcome: 'replayed' }
  | { readonly outcome: 'expired' | 'not-yours' | 'unknown' | 'withdrawn' };

export interface CodeStore {
  /**
   * Stores the code and completes its transaction in one statement's wake: of parallel calls with one ticket exactly one
   * wins. `ticket` is null when no page was shown. Fails when the user's consent does not cover the scopes.
   */
  issue(act: Act, code: NewCode, ticket: PresentedHandle | null): Promise<'issued' | 'already-done' | 'not-consented'>;
  /** Reads what PKCE and the redirect URI are checked against. Redeeming checks client and redirect URI again, atomically. */
  look(code: PresentedHandle): Promise<CodeLookup>;
  /**
   * Binds code, client and redirect URI, marks the code used, makes the grant and stores the token digests in one
   * transaction. A wrong client neither burns the code nor ends anything. Of N parallel calls exactly one redeems.
   */
  redeemAndIssue(
    act: Act,
    redemption: {
      code: PresentedHandle;
      client: ClientId;
      redirectUri: string;
      grant: GrantId;
      grantExpiresAt: number;
      access: NewToken;
      refresh: NewToken | null;
    },
  ): Promise<RedeemOutcome>;
}

export type IntrospectedToken = {
  readonly kind: 'access' | 'refresh';
  readonly grant: LiveGrant;
  readonly issuedAt: number;
  readonly expiresAt: number;
  readonly loginId: string;
};

export type RefreshLook =
  | { readonly found: false }
  | {
      readonly found: true;
      /** The grant as it lives now; null when it or the token's time is over. */
      readonly grant: LiveGrant | null;
      readonly grantExpiresAt: number;
      readonly rotated: boolean;
    };

export type RotateOutcome =
  | { readonly outcome: 'rotated'; readonly grant: LiveGrant }
  /** The same client repeated the same request within the grace and the successor is untouched: its stored answer. */
  | { readonly outcome: 'repeated'; readonly answer: Uint8Array }
  /** Any other reuse of a rotated token: the grant is ended in the same transaction. */
  | { readonly outcome: 'replayed' }
  | { readonly outcome: 'dead' | 'unknown' };

export interface GrantStore {
  /** A grant without a code: implicit and the legacy password grant. Fails when consent does not cover the scopes. */
  issue(
    act: Act,
    issue: {
      grant: GrantId;
      kind: 'implicit' | 'password';
      client: ClientId;
      user: UserMuid;
      scopes: readonly ScopeName[];
      spelling: AskedScope['spelling'];
      authenticatedAt: number;
      grantExpiresAt: number;
      access: NewToken;
      refresh: NewToken | null;
    },
    ticket: PresentedHandle | null,
  ): Promise<{ outcome: 'issued'; grant: LiveGrant } | { outcome: 'already-done' | 'not-consented' }>;
  lookRefresh(token: PresentedHandle, client: ClientId, now: number): Promise<RefreshLook>;
  /** A new access token for a refresh token that is kept. */
  refreshKept(
    act: Act,
    refresh: { token: PresentedHandle; client: ClientId; scopes: readonly ScopeName[]; access: NewToken },
  ): Promise<{ outcome: 'refreshed'; grant: LiveGrant } | { outcome: 'dead' | 'unknown' }>;
  /**
   * Compare-and-swap and insert in one transaction. `request` names what was asked (scope), so that only the same
   * request counts as a repeat; `answer` is the sealed answer kept until `repeatUntil`.
   */
  rotate(
    act: Act,
    rotation: {
      token: PresentedHandle;
      client: ClientId;
      request: string;
      scopes: readonly ScopeName[];
      access: NewToken;
      refresh: NewToken;
      answer: Uint8Array;
      repeatUntil: number;
    },
  ): Promise<RotateOutcome>;
  /** Null for anything that does not live at `now`. One statement. */
  introspect(kind: 'access' | 'refresh', token: PresentedHandle, now: number): Promise<IntrospectedToken | null>;
  /**
   * Ends the whole grant behind a token, if it is this client's. 'not-yours' ends nothing; an unknown token is 'unknown'.

   */
  endByToken(
    act: Act,
    token: { kind: 'access' | 'refresh'; handle: PresentedHandle; client: ClientId; why: string },
  ): Promise<'ended' | 'unknown' | 'not-yours'>;
  /** Removes what has expired and blanks stored answers whose grace is over. Returns the number of rows touched. */
  sweep(now: number, most: number): Promise<number>;
}

/** A signing key: its private part sealed under the master key, its public part as a JWK in JSON. */
export interface StoredKey {
  readonly kid: string;
  readonly alg: 'ES256';
  readonly publicJwk: string;
  readonly sealedPrivate: Uint8Array;
  readonly keyId: string;
  readonly createdAt: number;
  /** When it stops signing; it is published until `publishedUntil`. */
  readonly retiredAt: number | null;
  readonly publishedUntil: number | null;
}

export interface KeyStore {
  published(now: number): Promise<StoredKey[]>;
  /** Adds a key and retires the present one in one transaction; with `onlyIfNone` nothing happens when one is there. */
  rotate(act: Act, key: StoredKey, publishedUntil: number, onlyIfNone: boolean): Promise<'added' | 'present'>;
}

/** Checks a user's password for the legacy password grant; the same check, back-off and uniform time as the login page. */
export interface ResourceOwners {
  check(
    act: Act,
    username: string,
    password: string,
  ): Promise<{ outcome: 'right'; user: UserMuid } | { outcome: 'wrong' } | { outcome: 'backed-off'; retryAt: number }>;
}

/** Notes when an application last used its connection. Returns at once, and writes at most every five minutes. */
export interface ConnectionUses {
  note(use: { user: UserMuid; client: ClientId; lastUsedAt: number | null }, now: number): void;
}

/** What a user has consented to for a client, as the projection says now. */
export interface ConsentedScopes {
  of(user: UserMuid, client: ClientId): Promise<readonly ScopeName[]>;
  /** Notes scopes that the operator's own application has without a page (platform contract, section 9). */
  noteOwnService(act: Act, user: UserMuid, client: ClientId, scopes: readonly ScopeName[]): Promise<void>;
}

/** Counts failed client authentications per client and address, for all processes. */
export interface ClientAuthFailures {
  /** Notes one failure of a client that exists; the answer says when to try again once there were too many. */
  note(act: Act, client: ClientId): Promise<{ retryAt: number } | null>;
}
