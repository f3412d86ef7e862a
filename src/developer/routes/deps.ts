import type { AuditStore } from '#audit/ports';
import type { Consent } from '#consent';
import type { DeveloperTerms, Session } from '#contracts/console';
import type { FormGuard } from '#http';
import type { Identity } from '#identity';
import type { Clock, Locale } from '#kernel';
import type { Developer } from '../index.ts';
import type { DecisionNotices } from '../ports/index.ts';

/** What the console's API is built from; `main` composes it. */
export interface ConsoleDeps extends FormGuard {
  readonly developer: Developer;
  readonly identity: Identity;
  readonly consent: Pick<Consent, 'healthConsentDays'>;
  readonly notices: DecisionNotices;
  readonly audit: Pick<AuditStore, 'append' | 'search'>;
  readonly clock: Clock;
  readonly brand: Session['brand'];
  /** The texts of the page on which anybody may become a developer. */
  readonly developerTerms: (locale: Locale) => Omit<DeveloperTerms, 'version'>;
}
