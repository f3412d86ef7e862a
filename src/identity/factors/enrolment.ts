import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Act } from '#audit/ports';
import { newSortableId, readHandle, type UserMuid } from '#kernel';
import { mintSession, type SessionCookie } from '../login-sessions.ts';
import type { IdentityDeps } from '../options.ts';
import { checkName, tidyName } from '../person.ts';
import type { Enroller, Factors, NewPasskey, User } from '../ports/index.ts';
import { ENROL_MS } from './options.ts';
import type { PasskeyCeremonies } from './passkeys.ts';
import { newRecoveryCodes, recoveryDigests } from './recovery-codes.ts';
import { keyOf, type Pending } from './second-factor.ts';
import { newTotpKey, readTotpCode, type ShownTotp, sealTotp, showTotp, stepOfCode, unsealTotp } from './totp.ts';

/** Who enrols: somebody in a session, or an operator in the middle of the first login. */
export type EnrolledBy =
  | { readonly session: { readonly lookupId: string; readonly holder: Uint8Array; readonly user: User } }
  | { readonly pending: Pending; readonly replaces: string | undefined };

export interface Enrolled {
  /** New recovery codes, to be shown now and never again; null where the person has some already. */
  readonly codes: readonly string[] | null;
  /** Of the login that this completed. */
  readonly session: SessionCookie | null;
}

export interface Enrolment {
  /** Whether this installation's address can have passkeys. */
  readonly passkeysPossible: boolean;
  factorsOf(user: UserMuid): Promise<Factors>;
  /** Makes a key for an authenticator app and keeps it 15 minutes for its first code; a second call makes another. */
  startTotp(act: Act, by: EnrolledBy): Promise<void>;
  /** The key that was started here; null when there is none. */
  startedTotp(by: EnrolledBy): Promise<ShownTotp | null>;
  confirmTotp(act: Act, by: EnrolledBy, typed: string): Promise<Enrolled | 'wrong' | 'over'>;
  passkeyCreation(act: Act, by: EnrolledBy): Promise<PublicKeyCredentialCreationOptionsJSON>;
  /** `pending` null: for a login by passkey alone. */
  passkeyRequest(
    act: Act,
    from: { browser: Uint8Array; pending: Pending | null },
  ): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** 'taken': the passkey is registered already, here or with another account. */
  addPasskey(act: Act, by: EnrolledBy, credential: string, name: string): Promise<Enrolled | 'refused' | 'taken'>;
  /** False for a name that can't be one, or a passkey that is not the user's. */
  namePasskey(user: UserMuid, credentialId: string, name: string): Promise<boolean>;
  /** 'last': an operator keeps at least one. */
  removeFactor(
    act: Act,
    user: User,
    what: 'totp' | { passkey: string },
    session: string,
  ): Promise<'removed' | 'last' | 'gone'>;
  /** For somebody who lost every factor, at the hand of whoever runs the platform. */
  removeAllFactors(act: Act, user: UserMuid): Promise<boolean>;
  /** Ten new ones; all older ones are dead. Null for somebody without a factor. */
  makeRecoveryCodes(act: Act, user: UserMuid): Promise<readonly string[] | null>;
}

const userOf = (by: EnrolledBy): User => ('session' in by ? by.session.user : by.pending.user);
const holderOf = (by: EnrolledBy): Uint8Array => ('session' in by ? by.session.holder : by.pending.holder);

export function createEnrolment(deps: IdentityDeps, passkeys: PasskeyCeremonies): Enrolment {
  const { factors, clock, options } = deps;

  /** Only a login that has no factor to show may make one: everybody else must show it first. */
  const mayEnrol = (by: EnrolledBy): boolean => 'session' in by || by.pending.owes === 'enrol';

  function enrollerOf(act: Act, by: EnrolledBy, method: 'totp' | 'passkey') {
    if ('session' in by) return { by: { session: by.session.lookupId } satisfies Enroller, cookie: null };
    const { row, cookie } = mintSession(act, options);
    const replaces = by.replaces === undefined ? null : readHandle('session', by.replaces);
    const start = { ...row, user: by.pending.user.id, replaces, methods: ['password', method] as const };
    return { by: { start: { ...start, pending: keyOf(by.pending) } } satisfies Enroller, cookie };
  }

  async function started(by: EnrolledBy) {
    const user = userOf(by);
    const kept = await factors.totpEnrolment(holderOf(by), clock.now());
    const key = kept === null || kept.user !== user.id ? null : unsealTotp(options.factorKey, user.id, kept);
    return kept === null || key === null ? null : { id: kept.id, key };
  }

  const newCodes = (user: UserMuid) => {
    const codes = newRecoveryCodes();
    return { codes, digests: recoveryDigests(options.recoveryKey, user, codes) };
  };

  return {
    passkeysPossible: passkeys.possible,
    factorsOf: (user) => factors.of(user),

    async startTotp(act, by) {
      if (!mayEnrol(by)) return;
      const user = userOf(by).id;
      const key = sealTotp(options.factorKey, user, newSortableId(act.at), newTotpKey());
      await factors.startTotp({ ...key, holder: holderOf(by), user, at: act.at, expiresAt: act.at + ENROL_MS });
    },

    async startedTotp(by) {
      const found = await started(by);
      return found && showTotp(found.key, options.brand, userOf(by).loginId);
    },

    async confirmTotp(act, by, typed) {
      const found = mayEnrol(by) ? await started(by) : null;
      if (found === null) return 'over';
      const code = readTotpCode(typed);
      const step = code === null ? null : stepOfCode(found.key, code, act.at);
      if (step === null) return 'wrong';
      const user = userOf(by).id;
      const { codes, digests } = newCodes(user);
      const enroller = enrollerOf(act, by, 'totp');
      const done = await factors.enrolTotp(act, {
        id: found.id,
        holder: holderOf(by),
        user,
        ...step,
        recovery: digests,
        by: enroller.by,
      });
      if (done.outcome !== 'enrolled') return 'over';
      return { codes: done.codesKept ? codes : null, session: enroller.cookie };
    },

    passkeyCreation: (act, by) => passkeys.creationOptions(act, userOf(by), holderOf(by)),

    passkeyRequest: (act, { browser, pending }) => passkeys.requestOptions(act, pending?.user.id ?? null, browser),

    async addPasskey(act, by, credential, name) {
      const user = userOf(by).id;
      const tidy = tidyName(name);
      const made = mayEnrol(by) ? await passkeys.checkNew(act, user, holderOf(by), credential) : null;
      if (made === null || checkName(tidy) !== null) return 'refused';
      const passkey: NewPasskey = { ...made, name: tidy };
      const { codes, digests } = newCodes(user);
      const enroller = enrollerOf(act, by, 'passkey');
      const done = await factors.enrolPasskey(act, { ...passkey, user, recovery: digests, by: enroller.by });
      if (done.outcome !== 'enrolled') return done.outcome === 'taken' ? 'taken' : 'refused';
      return { codes: done.codesKept ? codes : null, session: enroller.cookie };
    },

    async namePasskey(user, credentialId, name) {
      const tidy = tidyName(name);
      return checkName(tidy) === null && factors.namePasskey(user, credentialId, tidy);
    },

    removeFactor: (act, user, what, keepSession) =>
      factors.remove(act, {
        user: user.id,
        what,
        keepSession,
        mustKeepOne: options.operatorSecondFactor === 'required' && user.roles.includes('operator'),
      }),

    removeAllFactors: (act, user) => factors.removeAll(act, user),

    async makeRecoveryCodes(act, user) {
      const { codes, digests } = newCodes(user);
      return (await factors.makeRecoveryCodes(act, user, digests)) ? codes : null;
    },
  };
}
