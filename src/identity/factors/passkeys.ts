import { randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import type { Act } from '#audit/ports';
import { equalText, PageError, SECOND, sha256Base64url, type UserMuid } from '#kernel';
import { backoffKeys } from '../backoff.ts';
import type { IdentityDeps } from '../options.ts';
import type { NewPasskey, Proof, User } from '../ports/index.ts';
import { readAssertion, readRegistration } from './credential.ts';
import { CHALLENGE_MS, MOST_PASSKEYS } from './options.ts';

/** ES256, EdDSA, RS256 (RFC 9053); what was not asked for is refused, RSA with SHA-1 (−65535) above all. */
const ALGORITHMS = [-7, -8, -257];

/** A passkey that was shown and held, not yet counted by the store. */
export interface ProvenPasskey {
  readonly user: UserMuid;
  readonly proof: Proof & { method: 'passkey' };
}

export interface PasskeyCeremonies {
  /** Names, not numbers, can have passkeys (WebAuthn §4, RP ID). */
  readonly possible: boolean;
  creationOptions(act: Act, user: User, holder: Uint8Array): Promise<PublicKeyCredentialCreationOptionsJSON>;
  /** The new passkey without its name; null for whatever is not exactly what was asked for (WebAuthn §7.1). */
  checkNew(act: Act, user: UserMuid, holder: Uint8Array, credential: string): Promise<Omit<NewPasskey, 'name'> | null>;
  /**
   * `user` null: any passkey of this site, which then says whose it is. Throws PageError `too-many-tries` (429) when one
   * address begins too many.
   */
  requestOptions(act: Act, user: UserMuid | null, holder: Uint8Array): Promise<PublicKeyCredentialRequestOptionsJSON>;
  /** Whose passkey it is, and that it is here; null for whatever is not exactly what was asked for (WebAuthn §7.2). */
  check(act: Act, user: UserMuid | null, holder: Uint8Array, credential: string): Promise<ProvenPasskey | null>;
}

export function createPasskeyCeremonies({ factors, backoff, options }: IdentityDeps): PasskeyCeremonies {
  const { hostname: rpId, origin } = new URL(options.publicUrl);
  const keys = backoffKeys(options.backoffKey);

  async function newChallenge(
    kind: 'REGISTER' | 'LOGIN',
    holder: Uint8Array,
    user: UserMuid | null,
    at: number,
  ): Promise<string> {
    const challenge = randomBytes(32).toString('base64url');
    await factors.startChallenge({ id: challengeId(challenge), kind, holder, user, at, expiresAt: at + CHALLENGE_MS });
    return challenge;
  }

  /** Taken before anything is verified: whatever comes of it, it was for this once. */
  const take = (kind: 'REGISTER' | 'LOGIN', holder: Uint8Array, challenge: string, now: number) =>
    factors.takeChallenge({ id: challengeId(challenge), kind, holder, now });

  return {
    possible: isIP(rpId.replaceAll(/[[\]]/g, '')) === 0,

    async creationOptions(act, user, holder) {
      const { passkeys } = await factors.of(user.id);
      return {
        challenge: await newChallenge('REGISTER', holder, user.id, act.at),
        rp: { id: rpId, name: options.brand },
        user: { id: userHandle(user.id), name: user.loginId, displayName: user.name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key' as const, alg })),
        timeout: CHALLENGE_MS,
        attestation: 'none',
        excludeCredentials: passkeys.map(({ credentialId: id }) => ({ type: 'public-key' as const, id })),
        authenticatorSelection: { residentKey: 'preferred', requireResidentKey: false, userVerification: 'required' },
        extensions: { credProps: true },
      };
    },

    async checkNew(act, user, holder, credential) {
      const presented = await readRegistration(credential);
      if (presented === null) return null;
      const { challenge } = presented.client;
      const taken = await take('REGISTER', holder, challenge, act.at);
      if (taken?.user !== user || (await factors.of(user)).passkeys.length >= MOST_PASSKEYS) return null;
      const { verifyRegistrationResponse } = await library();
      const verified = await quietly(
        verifyRegistrationResponse({
          response: presented.response,
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpId,
          supportedAlgorithmIDs: ALGORITHMS,
        }),
      );
      if (!verified?.verified) return null;
      const { credential: made, credentialBackedUp } = verified.registrationInfo;
      if (made.id !== presented.response.id) return null;
      return {
        credentialId: made.id,
        publicKey: Uint8Array.from(made.publicKey),
        counter: made.counter,
        transports: presented.response.response.transports ?? [],
        synced: credentialBackedUp,
      };
    },

    async requestOptions(act, user, holder) {
      const turn = await backoff.take([{ key: keys.passkey(act.actor.ip ?? ''), ...options.limits.passkey }], act.at);
      if (!turn.allowed) {
        const retryAfter = Math.max(1, Math.ceil((turn.retryAt - act.at) / SECOND));
        throw new PageError('too-many-tries', 429, { reason: 'backed-off', retryAfter });
      }
      // Somebody's credentials are named only after the password was right (AC-01).
      const known = user === null ? [] : (await factors.of(user)).passkeys;
      return {
        challenge: await newChallenge('LOGIN', holder, user, act.at),
        rpId,
        timeout: CHALLENGE_MS,
        userVerification: 'required',
        allowCredentials: known.map(({ credentialId: id, transports }) => ({
          type: 'public-key' as const,
          id,
          transports: transports as ('usb' | 'internal')[],
        })),
      };
    },

    async check(act, user, holder, credential) {
      const presented = readAssertion(credential);
      if (presented === null) return null;
      const { challenge } = presented.client;
      const taken = await take('LOGIN', holder, challenge, act.at);
      if (taken === null || taken.user !== user) return null;
      const known = await factors.passkey(presented.response.id);
      if (known === null || (user !== null && known.user !== user)) return null;
      // WebAuthn §7.2, step 6: without a password before it, the answer itself must say whose it is.
      const { userHandle: said } = presented.response.response;
      if (said === undefined ? user === null : !equalText(said, userHandle(known.user))) return null;
      const { verifyAuthenticationResponse } = await library();
      const verified = await quietly(
        verifyAuthenticationResponse({
          response: presented.response,
          expectedChallenge: challenge,
          expectedOrigin: origin,
          expectedRPID: rpId,
          // The counter is compared by the store, in the statement that keeps it.
          credential: { id: presented.response.id, publicKey: Uint8Array.from(known.publicKey), counter: 0 },
        }),
      );
      if (!verified?.verified) return null;
      const { newCounter: counter, credentialBackedUp: synced } = verified.authenticationInfo;
      return {
        user: known.user,
        proof: { method: 'passkey', credentialId: presented.response.id, counter, synced },
      };
    },
  };
}

/** Loaded when the first passkey comes: it takes 120 ms, which no start has to wait for. */
const library = () => import('@simplewebauthn/server');

const challengeId = (challenge: string): string => sha256Base64url(`passkey challenge\n${challenge}`);

/** 16 bytes that mean nothing outside (WebAuthn §14.6.1). */
const userHandle = (user: UserMuid): string => Buffer.from(user, 'hex').toString('base64url');

/** The library throws for every refusal, in words that repeat what was sent; none of them goes anywhere. */
async function quietly<Value>(work: Promise<Value>): Promise<Value | null> {
  try {
    return await work;
  } catch {
    return null;
  }
}
