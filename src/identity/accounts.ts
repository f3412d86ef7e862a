import type { Act } from '#audit/ports';
import {
  type Locale,
  mintHandle,
  no,
  ok,
  PageError,
  readHandle,
  type Result,
  type Role,
  SECOND,
  type UserMuid,
} from '#kernel';
import { type Applicant, type ApplicantProblems, type CheckedApplicant, checkApplicant } from './applicant.ts';
import { type BackoffLimit, backoffKeys } from './backoff.ts';
import type { IdentityDeps } from './options.ts';
import { orOverloaded, type PasswordHasher } from './password-hash.ts';
import type { BackoffKey, NewUser, User } from './ports/index.ts';

/** Versions of the texts that people agree to; a changed text gets a new one. */
export const COLLECTION_NOTICE = { kind: 'collection', version: '2' } as const;
export const DEVELOPER_TERMS = { kind: 'developer-terms', version: '1' } as const;

export interface Accounts {
  /**
   * A person's own sign-up. Nothing is stored of somebody who is refused. Where mail can be sent, one that verifies the
   * address follows, in the language of the page. Throws PageError `too-many-tries` or `overloaded` (429).
   */
  signUp(
    act: Act,
    applicant: Applicant & { birthday: string; agreed: boolean },
    locale: Locale,
  ): Promise<Result<User, ApplicantProblems>>;
  /** For the command line: any free login id, any roles. */
  createUser(act: Act, applicant: Applicant & { roles: readonly Role[] }): Promise<Result<User, ApplicantProblems>>;
  /** Idempotent. The person has agreed to the developer terms on a page. */
  becomeDeveloper(act: Act, user: UserMuid): Promise<void>;
  needsOperator(): Promise<boolean>;
  /** A one-time link's value while nobody is operator, null otherwise. To be printed, never logged. */
  offerOperatorLink(): Promise<string | null>;
  operatorLinkLives(link: string): Promise<boolean>;
  /** Makes the first operator. Of parallel claims one wins, the others' link is dead. */
  claimOperator(act: Act, link: string, applicant: Applicant): Promise<Result<User, ApplicantProblems | 'link-dead'>>;
}

export function createAccounts(deps: IdentityDeps, hasher: PasswordHasher): Accounts {
  const { users, backoff, clock, options } = deps;
  const keys = backoffKeys(options.backoffKey);
  const rules = { minimumAge: options.minimumAge, brand: options.brand };

  /** Counted once the form is well filled in, since from there on it costs a hash and tells whether a login id exists. */
  async function takeTurn(key: BackoffKey, limit: BackoffLimit, now: number): Promise<void> {
    const turn = await backoff.take([{ key, ...limit }], now);
    if (turn.allowed) return;
    const retryAfter = Math.max(1, Math.ceil((turn.retryAt - now) / SECOND));
    throw new PageError('too-many-tries', 429, { reason: 'backed-off', retryAfter });
  }

  /** Whoever signs up for many gets accounts, but no more mail than others (AC-19); it can be asked for later. */
  const mayMail = async (act: Act): Promise<boolean> =>
    options.mails &&
    (await backoff.take([{ key: keys.mailBy(act.actor.ip ?? ''), ...options.limits.mail }], act.at)).allowed;

  const withHash = async (applicant: CheckedApplicant, password: string): Promise<NewUser> => ({
    ...applicant,
    passwordHash: await orOverloaded(hasher.hash(password)),
  });

  return {
    async signUp(act, typed, locale) {
      const checked = await checkApplicant(typed, { ...rules, now: act.at, reservedAllowed: false, roles: [] }, [
        COLLECTION_NOTICE,
      ]);
      if (!checked.ok) return checked;
      await takeTurn(keys.signup(act.actor.ip ?? ''), options.limits.signup, act.at);
      const user = await withHash(checked.value, typed.password);
      const mails = await mayMail(act);
      if ((await users.create(act, user, mails ? locale : null)) !== 'taken') return ok(asUser(user, act.at));
      if (mails) await backoff.giveBack([keys.mailBy(act.actor.ip ?? '')]);
      return no({ loginId: 'taken' });
    },

    async createUser(act, typed) {
      const checked = await checkApplicant(
        typed,
        { ...rules, now: act.at, reservedAllowed: true, roles: typed.roles },
        [],
      );
      if (!checked.ok) return checked;
      const user = await withHash(checked.value, typed.password);
      return (await users.create(act, user)) === 'taken' ? no({ loginId: 'taken' }) : ok(asUser(user, act.at));
    },

    becomeDeveloper: (act, user) => users.grantRole(act, user, 'developer', DEVELOPER_TERMS),

    needsOperator: () => users.needsOperator(),

    async offerOperatorLink() {
      if (!(await users.needsOperator())) return null;
      const now = clock.now();
      const link = mintHandle('setup', now);
      // The value itself goes to the terminal alone.
      const { lookupId, digest } = link;
      await users.offerOperatorLink({ lookupId, digest }, now, now + options.operatorLinkMs);
      return link.text;
    },

    async operatorLinkLives(link) {
      const handle = readHandle('setup', link);
      return handle !== null && users.operatorLinkLives(handle, clock.now());
    },

    async claimOperator(act, link, typed) {
      const handle = readHandle('setup', link);
      if (handle === null || !(await users.operatorLinkLives(handle, act.at))) return no('link-dead');
      const roles = ['operator' as const];
      const checked = await checkApplicant(typed, { ...rules, now: act.at, reservedAllowed: true, roles }, [
        COLLECTION_NOTICE,
      ]);
      if (!checked.ok) return checked;
      await takeTurn(keys.setup(act.actor.ip ?? ''), options.limits.setup, act.at);
      const user = await withHash(checked.value, typed.password);
      const outcome = await users.claimOperator(act, handle, user);
      if (outcome === 'created') return ok(asUser(user, act.at));
      return no(outcome === 'taken' ? { loginId: 'taken' as const } : 'link-dead');
    },
  };
}

const asUser = (user: NewUser, at: number): User => ({
  id: user.id,
  loginId: user.loginId,
  name: user.name,
  email: user.email,
  gender: user.gender,
  birthday: user.birthday,
  status: 'ACTIVE',
  roles: user.roles,
  createdAt: at,
  updatedAt: at,
});
