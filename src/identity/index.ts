/**
 * Owns: people and how they prove who they are: accounts, login ids, passwords, second factors, login sessions, getting
 * an account back by mail, closing an account, back-off against guessing. Does not own: pages, cookies, consent, SQL.
 * Stores come in through `ports`.
 */
import { type Accounts, createAccounts } from './accounts.ts';
import { type Administration, createAdministration } from './administration.ts';
import { type Closing, createClosing } from './closing.ts';
import { createBudget } from './factors/budget.ts';
import { createEnrolment, type Enrolment } from './factors/enrolment.ts';
import { createPasskeyCeremonies } from './factors/passkeys.ts';
import { createSecondFactors, type SecondFactors } from './factors/second-factor.ts';
import { createLoginSessions, type LoginSessions } from './login-sessions.ts';
import type { IdentityDeps } from './options.ts';
import { createPasswordHasher } from './password-hash.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { createRecovery, createRecoveryMails, type Recovery, type RecoveryMails } from './recovery.ts';

export type { AccountProblem } from './administration.ts';
export { COLLECTION_NOTICE, DEVELOPER_TERMS } from './accounts.ts';
export type { Applicant, ApplicantProblems } from './applicant.ts';
export {
  addressBlock,
  type BackoffLimit,
  type BackoffLimits,
  backoffKeys,
  DEFAULT_LIMITS,
  networkOf,
} from './backoff.ts';
export type { CloseVerdict } from './closing.ts';
export type { Enrolled, EnrolledBy } from './factors/enrolment.ts';
export type { Admission, FactorVerdict, Owed, Pending } from './factors/second-factor.ts';
export type { ShownTotp } from './factors/totp.ts';
export { foldLoginId } from './login-id.ts';
export { FRESH_MS, type SessionCookie } from './login-sessions.ts';
export type { IdentityDeps, IdentityOptions } from './options.ts';
export type { PasswordProblem } from './password-policy.ts';
export type { PasswordChange, PasswordVerdict } from './passwords.ts';
export type {
  BackoffStore,
  Factors,
  FoundUser,
  ListedSession,
  LoginMethod,
  OwnedWork,
  Passkey,
  Session,
  User,
} from './ports/index.ts';
export { type LinkFor, type RecoveryMails, RESET_LINK_MS, VERIFY_LINK_MS } from './recovery.ts';

export interface Identity
  extends Accounts,
    Passwords,
    LoginSessions,
    SecondFactors,
    Enrolment,
    Closing,
    Administration {
  readonly recovery: Recovery;
  /** For the jobs that send what was asked for. */
  readonly recoveryMails: RecoveryMails;
}

export function createIdentity(deps: IdentityDeps): Identity {
  const hasher = createPasswordHasher({ atOnce: deps.options.hashesAtOnce, queue: deps.options.hashQueue });
  const passwords = createPasswords(deps, hasher);
  const passkeys = createPasskeyCeremonies(deps);
  return {
    ...createAccounts(deps, hasher),
    ...passwords,
    ...createLoginSessions(deps),
    ...createSecondFactors(deps, createBudget(deps), passkeys),
    ...createEnrolment(deps, passkeys),
    ...createClosing(deps, passwords),
    ...createAdministration(deps),
    recovery: createRecovery(deps, hasher),
    recoveryMails: createRecoveryMails(deps),
  };
}
