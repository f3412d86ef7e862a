import type { Act } from '#audit/ports';
import { type PresentedHandle, readHandle } from '#kernel';
import { mintSession, type SessionCookie } from '../login-sessions.ts';
import { mintPending } from './pending.ts';
import type { IdentityDeps } from '../options.ts';
import type { Factors, FactorSession, LoginMethod, PendingKey, PendingLogin, Proof, User } from '../ports/index.ts';
import type { FactorBudget } from './budget.ts';
import { MOST_TRIES } from './options.ts';
import type { PasskeyCeremonies } from './passkeys.ts';
import { readRecoveryCode, recoveryDigest } from './recovery-codes.ts';
import { readTotpCode, stepOfCode, unsealTotp } from './totp.ts';

/** What somebody whose password was right still owes: one of the factors there are, or a first one of his or her own. */
export type Owed = 'factor' | 'enrol';

export interface Pending extends PendingLogin {
  readonly owes: Owed;
  /** Digest of the cookie: what is begun while logging in is held by it. */
  readonly holder: Uint8Array;
}

/** A cookie to be set: a session, or a login that still owes a factor and opens nothing. */
export type Admission = SessionCookie & { readonly kind: 'session' | 'pending' };

export type FactorVerdict =
  | { readonly session: SessionCookie }
  | 'wrong'
  /** The code was right, and is used already: the app shows another one within 30 seconds. */
  | 'used'
  /** The begun login is over: too many tries, too long, or ended elsewhere. It begins with the password again. */
  | 'over'
  | 'suspended'
  | { readonly retryAt: number };

export interface SecondFactors {
  /** Null: the password is enough. */
  owesSecondFactor(user: User): Promise<Owed | null>;
  /**
   * What a right password is worth: a session, or a begun login bound to this browser where a second factor is owed. Null
   * when the user was suspended or closed meanwhile.
   */
  admit(
    act: Act,
    user: User,
    from: { browser: Uint8Array; ticketId: string | null; replaces: string | undefined },
  ): Promise<Admission | null>;
  /** The begun login behind a cookie, in the browser that it belongs to; null for anything else. */
  pendingLogin(cookie: string | undefined, browser: Uint8Array): Promise<Pending | null>;
  cancelPending(pending: Pending): Promise<void>;
  /** A code of the authenticator app, or a recovery code, in any spelling. Counted before it is checked. */
  proveByCode(act: Act, pending: Pending, typed: string, replaces: string | undefined): Promise<FactorVerdict>;
  /** With a begun login as its second factor, without one as the whole login. */
  proveByPasskey(
    act: Act,
    from: { browser: Uint8Array; pending: Pending | null; credential: string; replaces: string | undefined },
  ): Promise<FactorVerdict>;
}

/** What the store knows a begun login by. */
export const keyOf = ({ handle, browser }: PendingLogin): PendingKey => ({ handle, browser });

export const hasFactor = (factors: Factors): boolean => factors.totp !== null || factors.passkeys.length > 0;

export function createSecondFactors(
  deps: IdentityDeps,
  budget: FactorBudget,
  passkeys: PasskeyCeremonies,
): SecondFactors {
  const { factors, sessions, audit, clock, options } = deps;
  const mustHave = (user: User): boolean =>
    options.operatorSecondFactor === 'required' && user.roles.includes('operator');
  const owed = (user: User, present: Factors): Owed | null =>
    hasFactor(present) ? 'factor' : mustHave(user) ? 'enrol' : null;
  const read = (cookie: string | undefined): PresentedHandle | null =>
    cookie === undefined ? null : readHandle('session', cookie);

  async function complete(
    act: Act,
    of: Omit<FactorSession, 'handle' | 'expiresAt' | 'replaces'>,
    proof: Proof,
    replaces: string | undefined,
  ): Promise<FactorVerdict> {
    const made = mintSession(act, options);
    const outcome = await factors.complete(act, { ...made.row, ...of, replaces: read(replaces) }, proof);
    if (outcome === 'started') return { session: made.cookie };
    if (outcome === 'user-gone') return 'suspended';
    if (outcome === 'pending-dead') return 'over';
    return proof.method === 'totp' ? 'used' : 'wrong';
  }

  /** What the code proves, if it is right; whether it was used before is for the store to say. */
  async function proofOf({ user }: Pending, typed: string, now: number): Promise<Proof | null> {
    const code = readTotpCode(typed);
    if (code !== null) {
      const kept = await factors.totpOf(user.id);
      const key = kept === null ? null : unsealTotp(options.factorKey, user.id, kept);
      const step = key === null ? null : stepOfCode(key, code, now);
      return kept === null || step === null ? null : { method: 'totp', keyId: kept.id, ...step };
    }
    const bare = readRecoveryCode(typed);
    return bare === null ? null : { method: 'recovery', digest: recoveryDigest(options.recoveryKey, user.id, bare) };
  }

  async function refused(act: Act, pending: Pending, method: LoginMethod): Promise<'wrong' | 'over'> {
    const entry = { action: 'factor.failed', outcome: 'refused', subject: pending.user.id, reason: method } as const;
    await audit.append(act, entry);
    return (await factors.pending(keyOf(pending), act.at, MOST_TRIES)) === null ? 'over' : 'wrong';
  }

  return {
    owesSecondFactor: async (user) => owed(user, await factors.of(user.id)),

    async admit(act, user, { browser, ticketId, replaces }) {
      if (owed(user, await factors.of(user.id)) === null) {
        const { row, cookie } = mintSession(act, options);
        // Forgiven already, when the password was found to be right.
        const session = { ...row, user: user.id, replaces: read(replaces), forgive: [] };
        return (await sessions.start(act, session)) === 'started' ? { kind: 'session', ...cookie } : null;
      }
      const { row, cookie } = mintPending(act);
      const begun = await factors.begin(act, { ...row, browser, user: user.id, ticketId });
      return begun ? { kind: 'pending', ...cookie } : null;
    },

    async pendingLogin(cookie, browser) {
      const handle = cookie === undefined ? null : readHandle('pending', cookie);
      if (handle === null) return null;
      const found = await factors.pending({ handle, browser }, clock.now(), MOST_TRIES);
      const owes = found === null ? null : owed(found.user, found.factors);
      // Who owes nothing any more logs in again, and gets the session at once.
      return found === null || owes === null ? null : { ...found, owes, holder: handle.digest };
    },

    cancelPending: (pending) => factors.cancel(keyOf(pending), clock.now()),

    async proveByCode(act, pending, typed, replaces) {
      if (pending.owes !== 'factor') return 'over';
      const { user } = pending;
      const turn = await budget.take(act, user.id);
      if (!turn.allowed) return { retryAt: turn.retryAt };
      if (!(await factors.countTry(keyOf(pending), act.at, MOST_TRIES))) return 'over';
      const proof = await proofOf(pending, typed, act.at);
      const method = readTotpCode(typed) === null ? 'recovery' : 'totp';
      if (proof === null) return refused(act, pending, method);
      const methods: LoginMethod[] = ['password', proof.method];
      const verdict = await complete(act, { user: user.id, methods, pending: keyOf(pending) }, proof, replaces);
      if (verdict === 'wrong' || verdict === 'used') {
        const why = await refused(act, pending, method);
        return why === 'over' ? why : verdict;
      }
      if (typeof verdict === 'object') await budget.forgive(user.id);
      return verdict;
    },

    async proveByPasskey(act, { browser, pending, credential, replaces }) {
      if (pending !== null && pending.owes !== 'factor') return 'over';
      const subject = pending?.user.id ?? null;
      const proven = await passkeys.check(act, subject, browser, credential);
      const methods: LoginMethod[] = pending === null ? ['passkey'] : ['password', 'passkey'];
      const verdict =
        proven === null
          ? 'wrong'
          : await complete(
              act,
              { user: proven.user, methods, pending: pending && keyOf(pending) },
              proven.proof,
              replaces,
            );
      if (verdict === 'wrong') {
        const reason = proven === null ? 'passkey' : 'passkey counter went back';
        const of = proven?.user ?? subject;
        await audit.append(act, { action: 'factor.failed', outcome: 'refused', subject: of, reason });
      }
      return verdict;
    },
  };
}
