import { type ClientId, newClientSecret, newSortableId, seal, sha256, unseal } from '#kernel';
import type { KeptSecret, NewSecret } from './ports/index.ts';

/** The key that seals client secrets, derived from the master key; `id` stands beside every ciphertext. */
export interface SecretsKey {
  readonly key: Uint8Array;
  readonly id: string;
}

const context = (client: ClientId, secretId: string, keyId: string): string =>
  `client-secret:${client}:${secretId}:${keyId}`;

/** A secret and what is kept of it: a digest to authenticate by, and, unless the operator shows it once, its sealed value. */
export function makeSecret(
  client: ClientId,
  name: string,
  now: number,
  key: SecretsKey,
  display: 'always' | 'once',
): { readonly value: string; readonly kept: NewSecret } {
  const value = newClientSecret();
  const id = newSortableId(now);
  return {
    value,
    kept: {
      id,
      name,
      digest: sha256(value),
      sealed: display === 'always' ? seal(key.key, value, context(client, id, key.id)) : null,
      keyId: key.id,
    },
  };
}

/** The value, or null where it is shown once only, or was sealed under another key or for another client. */
export const openSecret = (client: ClientId, secret: KeptSecret, key: SecretsKey): string | null =>
  secret.sealed === null || secret.keyId !== key.id
    ? null
    : unseal(key.key, secret.sealed, context(client, secret.id, secret.keyId));
