import type { Consent } from '#consent';
import type { FormGuard } from '#http';
import type { Identity } from '#identity';
import type { Clock } from '#kernel';
import type { AuthorizationEndpoint } from '#oauth';
import type { Pages } from './pages/kit.ts';

/** What the login and consent pages are built from; `main` composes it. */
export interface SigninDeps extends FormGuard {
  readonly authorization: AuthorizationEndpoint;
  readonly identity: Identity;
  readonly consent: Consent;
  readonly pages: Pages;
  readonly clock: Clock;
  /** Full years, for the sentence that refuses somebody younger. */
  readonly minimumAge: number;
  /** Own paths that a plain login may lead to (`next`), besides the account pages; with `/*` at the end, all below. */
  readonly nextPaths: readonly string[];
}
