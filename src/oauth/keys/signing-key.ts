import { generateKeyPairSync } from 'node:crypto';
import type { Act } from '#audit/ports';
import { DAY, seal, sha256Base64url } from '#kernel';
import type { KeyStore, StoredKey } from '../ports/index.ts';

/** How long a retired key stays published: longer than anything that it signed lives. */
const PUBLISHED_AFTER_RETIREMENT = 30 * DAY;

/** A fresh ES256 key. Its id is the RFC 7638 thumbprint; the private half is sealed under the master key, bound to that id. */
export function makeSigningKey(master: { key: Uint8Array; id: string }, now: number): StoredKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { crv, kty, x, y } = pair.publicKey.export({ format: 'jwk' });
  const kid = sha256Base64url(JSON.stringify({ crv, kty, x, y }));
  const privatePem = pair.privateKey.export({ type: 'pkcs8', format: 'pem' });
  return {
    kid,
    alg: 'ES256',
    publicJwk: JSON.stringify({ kty, crv, x, y, kid, alg: 'ES256', use: 'sig' }),
    sealedPrivate: seal(master.key, privatePem, `signing-key:${kid}:${master.id}`),
    keyId: master.id,
    createdAt: now,
    retiredAt: null,
    publishedUntil: null,
  };
}

/** Adds a key and retires the present one. Of processes that start at once with `onlyIfNone`, one key results. */
export async function rotateSigningKey(
  act: Act,
  keys: KeyStore,
  master: { key: Uint8Array; id: string },
  { onlyIfNone }: { onlyIfNone: boolean },
): Promise<{ kid: string; outcome: 'added' | 'present' }> {
  const key = makeSigningKey(master, act.at);
  const outcome = await keys.rotate(act, key, act.at + PUBLISHED_AFTER_RETIREMENT, onlyIfNone);
  return { kid: key.kid, outcome };
}
