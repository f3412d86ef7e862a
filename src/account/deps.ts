import type { Consent } from '#consent';
import type { Identity } from '#identity';
import type { Clock } from '#kernel';
import type { FormGuard, Pages } from '#signin';

/** What the user's own pages are built from; `main` composes it. */
export interface AccountDeps extends FormGuard {
  readonly identity: Identity;
  readonly consent: Consent;
  readonly pages: Pages;
  readonly clock: Clock;
}
