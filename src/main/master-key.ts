import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#config';
import { deriveKey, hmacBase64url, sha256Base64url } from '#kernel';
import { Unable } from './failure.ts';

/** Keys for one purpose each, derived from the master key; none can be turned back into it. */
export interface Keys {
  /** Names the master key beside every ciphertext. */
  readonly id: string;
  /** Tells, kept in the database, whether a key is the one that the data was made with. */
  readonly check: string;
  readonly csrf: Uint8Array;
  readonly clientSecrets: Uint8Array;
  readonly signingKeys: Uint8Array;
  readonly backoff: Uint8Array;
  readonly deviceTokens: Uint8Array;
  readonly secondFactors: Uint8Array;
  readonly recoveryCodes: Uint8Array;
}

export const keysFrom = (master: Uint8Array): Keys => ({
  id: sha256Base64url(Buffer.from(deriveKey(master, 'id')).toString('hex')).slice(0, 12),
  check: hmacBase64url(deriveKey(master, 'check'), 'medbiz master key'),
  csrf: deriveKey(master, 'csrf'),
  clientSecrets: deriveKey(master, 'client-secrets'),
  signingKeys: deriveKey(master, 'signing-keys'),
  backoff: deriveKey(master, 'backoff'),
  deviceTokens: deriveKey(master, 'device-tokens'),
  secondFactors: deriveKey(master, 'second-factors'),
  recoveryCodes: deriveKey(master, 'recovery-codes'),
});

export const keyFileOf = (config: Pick<Config, 'dataDir'>): string => join(config.dataDir, 'master.key');

/** The master key from the settings or the key file; null when there is none yet. Refuses a file that others can read. */
export function readMasterKey(config: Pick<Config, 'dataDir' | 'masterKey'>): Uint8Array | null {
  if (config.masterKey !== null) return config.masterKey;
  const path = keyFileOf(config);
  let text: string;
  try {
    text = readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Unable(`The master key ${path} can not be read.`, { cause: error });
  }
  // OP-03: a key that others on this machine can read protects nothing.
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new Unable(`Others on this machine can read the master key. Run: chmod 600 ${path}`);
  }
  const key = Buffer.from(text, 'base64');
  if (key.length !== 32) throw new Unable(`The file ${path} holds no master key (32 bytes in base64).`);
  return Uint8Array.from(key);
}

/** Makes the key file. Of processes that start at once one makes it and all read that one. */
export function makeMasterKey(config: Pick<Config, 'dataDir'>): Uint8Array {
  const path = keyFileOf(config);
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  // Written aside and linked into place: nobody ever reads half a key, and an existing one is never replaced.
  const aside = `${path}.${randomBytes(6).toString('hex')}`;
  writeFileSync(aside, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(aside, path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    unlinkSync(aside);
  }
  const key = readMasterKey({ dataDir: config.dataDir, masterKey: null });
  if (key === null) throw new Unable(`The master key ${path} could not be made.`);
  return key;
}
