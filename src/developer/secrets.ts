import type { Act } from '#audit/ports';
import { LIMITS } from '#contracts/console';
import {
  type ClientId,
  HOUR,
  newClientSecret,
  newSortableId,
  no,
  ok,
  type Result,
  seal,
  sha256,
  unseal,
} from '#kernel';
import type { OwnedClient } from './ownership.ts';
import type { KeptSecret, NewSecret, SecretStore } from './ports/index.ts';

/** The key that seals client secrets, derived from the master key; `id` stands beside every ciphertext. */
export interface SecretsKey {
  readonly key: Uint8Array;
  readonly id: string;
}

export interface SecretSettings {
  readonly key: SecretsKey;
  /** `once`: only the digest is kept. */
  readonly display: 'always' | 'once';
}

const context = (client: ClientId, secretId: string, keyId: string): string =>
  `client-secret:${client}:${secretId}:${keyId}`;

/** A secret and what is kept of it: a digest to authenticate by, and, unless the operator shows it once, its sealed value. */
export function makeSecret(
  client: ClientId,
  name: string,
  now: number,
  { key, display }: SecretSettings,
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

/** A secret as its owner sees it. */
export interface ShownSecret {
  readonly id: string;
  readonly name: string;
  readonly value: string | null;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

/** Keeping the secrets of a client. Who calls these has just proven to be its owner (a fresh login). */
export interface SecretKeeping {
  readonly display: SecretSettings['display'];
  /** The living ones with their values, newest first; noted in the audit log. */
  showSecrets(act: Act, client: OwnedClient): Promise<ShownSecret[]>;
  /** With `overlapHours` it replaces all others, which end after that time (CA-10). */
  makeSecret(
    act: Act,
    client: OwnedClient,
    secret: { name: string; overlapHours: number | null },
  ): Promise<Result<ShownSecret & { value: string }, 'keeps-none' | 'too-many' | 'client-gone'>>;
  /** Ends one at once. False when no such secret of this client lives. */
  endSecret(act: Act, client: OwnedClient, secretId: string): Promise<boolean>;
}

export function createSecretKeeping(deps: { store: SecretStore; settings: SecretSettings }): SecretKeeping {
  const { store, settings } = deps;
  return {
    display: settings.display,

    async showSecrets(act, client) {
      // A page of an spa client can keep no secret (RFC 6749 §2.1); one left from an earlier type is no use to it.
      if (client.type === 'spa') return [];
      const kept = await store.secrets(client.id, act.at);
      await store.noteSecretsShown(act, client.id);
      return kept.toReversed().map(({ id, name, createdAt, expiresAt, lastUsedAt, ...sealed }) => ({
        id,
        name,
        value: openSecret(client.id, { id, name, createdAt, expiresAt, lastUsedAt, ...sealed }, settings.key),
        createdAt,
        expiresAt,
        lastUsedAt,
      }));
    },

    async makeSecret(act, client, { name, overlapHours }) {
      if (client.type === 'spa') return no('keeps-none');
      const { value, kept } = makeSecret(client.id, name, act.at, settings);
      const outcome = await store.addSecret(act, {
        client: client.id,
        secret: kept,
        most: LIMITS.secrets,
        othersEndAt: overlapHours === null ? null : act.at + overlapHours * HOUR,
      });
      if (outcome !== 'added') return no(outcome);
      return ok({ id: kept.id, name, value, createdAt: act.at, expiresAt: null, lastUsedAt: null });
    },

    endSecret: (act, client, secretId) => store.endSecret(act, client.id, secretId),
  };
}
