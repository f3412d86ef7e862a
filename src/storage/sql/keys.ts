import type { Act } from '#audit/ports';
import type { KeyStore, StoredKey } from '#oauth/ports';
import type { Engine } from '../engine.ts';
import { verb } from '../verb.ts';
import { record } from './audit-entry.ts';

interface Rotation {
  readonly act: Act;
  readonly key: StoredKey;
  readonly publishedUntil: number;
  readonly onlyIfNone: boolean;
}

/** The instance's row is taken first, so of parallel first starts one adds a key and the others see it. */
const rotate = verb(
  'keys.rotate',
  async (tx, { act, key, publishedUntil, onlyIfNone }: Rotation): Promise<'added' | 'present'> => {
    await tx
      .updateTable('instance')
      .set((eb) => ({ id: eb.ref('id') }))
      .where('id', '=', 1)
      .execute();
    if (onlyIfNone) {
      const present = await tx
        .selectFrom('signing_key')
        .select('kid')
        .where('retired_at', 'is', null)
        .executeTakeFirst();
      if (present !== undefined) return 'present';
    }
    await tx
      .updateTable('signing_key')
      .set({ retired_at: act.at, published_until: publishedUntil })
      .where('retired_at', 'is', null)
      .execute();
    await tx
      .insertInto('signing_key')
      .values({
        kid: key.kid,
        alg: key.alg,
        public_jwk: key.publicJwk,
        sealed_private: key.sealedPrivate,
        key_id: key.keyId,
        created_at: key.createdAt,
        retired_at: null,
        published_until: null,
      })
      .execute();
    await record(tx, act, { action: 'key.rotated', outcome: 'ok' });
    return 'added';
  },
);

export function keyStore({ read, run }: Engine): KeyStore {
  return {
    rotate: (act, key, publishedUntil, onlyIfNone) => run(rotate, { act, key, publishedUntil, onlyIfNone }),

    async published(now) {
      const rows = await read
        .selectFrom('signing_key')
        .selectAll()
        .where((eb) => eb.or([eb('published_until', 'is', null), eb('published_until', '>', now)]))
        .orderBy('created_at', 'desc')
        .orderBy('kid')
        .execute();
      return rows.map((row) => ({
        kid: row.kid,
        alg: 'ES256' as const,
        publicJwk: row.public_jwk,
        sealedPrivate: row.sealed_private,
        keyId: row.key_id,
        createdAt: row.created_at,
        retiredAt: row.retired_at,
        publishedUntil: row.published_until,
      }));
    },
  };
}
