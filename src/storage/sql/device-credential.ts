import { type Kysely, sql } from 'kysely';
import type { DataReader, DeviceKey } from '#apis/ports';
import { type DeviceMuid, splitScope } from '#kernel';
import type { Database } from '../schema.ts';
import { selectLiveGrants } from './liveness.ts';
import { type Argument, prepared } from './prepared.ts';
import { HELD, KINDS } from './right.ts';

export interface FieldQuestion {
  readonly device: DeviceMuid;
  readonly digest: Uint8Array;
  readonly field: string;
  readonly now: number;
}

export const fieldQuestion = ({ device, digest }: DeviceKey, field: string, now: number): FieldQuestion => ({
  device,
  digest,
  field,
  now,
});

const selectCredential = (db: Kysely<Database>, arg: Argument<FieldQuestion>) =>
  db
    .selectFrom('device_credential as c')
    .innerJoin('device as d', 'd.muid', 'c.device_muid')
    .innerJoin('product as p', 'p.id', 'd.product_id')
    .leftJoin('device_holding as h', (join) => join.onRef('h.id', '=', 'c.holding_id').on('h.held_until', 'is', null))
    .leftJoin('manifest_field as f', (join) =>
      join
        .onRef('f.product_id', '=', 'p.id')
        .onRef('f.version', '=', 'p.manifest_version')
        .on('f.name', '=', arg('field')),
    )
    .select([
      'd.number',
      'd.holders',
      'p.id as product_id',
      'p.manifest_version',
      'c.kind',
      'h.id as holding_id',
      'f.name as field_name',
    ])
    .where('c.device_muid', '=', arg('device'))
    .where('c.digest', '=', arg('digest'))
    .where('c.ended_at', 'is', null)
    .where('d.enabled', '=', 1)
    .where('p.status', 'in', ['PENDING', 'ACTIVE']);

/** The grant that a derived token was made for, if it lives: one row or none. */
const selectGrant = (db: Kysely<Database>, arg: Argument<FieldQuestion>) =>
  selectLiveGrants(db, arg('now'))
    .where('g.id', 'in', (eb) =>
      eb
        .selectFrom('device_credential as w')
        .select(sql<never>`w.grant_id`.as('grant_id'))
        .where('w.device_muid', '=', arg('device'))
        .where('w.digest', '=', arg('digest')),
    )
    .clearSelect()
    .select(['g.id as grant_id', 'g.user_id', 'g.client_id', 'g.scope as grant_scope', 'g.scope as token_scope'])
    .select([HELD.as('held'), KINDS.as('kinds')])
    .groupBy(['g.id', 'g.user_id', 'g.client_id', 'g.scope']);

/** Credential, device, product, field and grant as they are at this moment; to join data onto. */
export const withCredential = (db: Kysely<Database>, arg: Argument<FieldQuestion>) =>
  db
    .with('live', () => selectGrant(db, arg))
    .with('cred', () => selectCredential(db, arg))
    .selectFrom('cred')
    .leftJoin('live', (join) => join.on('cred.kind', '=', 'DERIVED'))
    .selectAll('cred')
    .select(['live.grant_id', 'live.user_id', 'live.client_id', 'live.grant_scope', 'live.held']);

type CredentialRow = Awaited<ReturnType<ReturnType<typeof withCredential>['execute']>>[number];

/** What a credential may do. A derived token is good while its grant lives, covers DEVICE, and the device is held. */
export function powersOf(row: CredentialRow): { post: boolean; read: boolean; reader: DataReader | null } {
  if (row.kind === 'FACTORY') return { post: true, read: row.holders === 0, reader: null };
  const { grant_id: grant, user_id: user, client_id: client } = row;
  if (grant === null || user === null || client === null || row.holding_id === null) return NONE;
  const granted = splitScope(row.grant_scope ?? '');
  const held = splitScope(row.held ?? '').filter((scope) => granted.includes(scope));
  const post = held.includes('DEVICE');
  return { post, read: post && held.includes('HEALTH'), reader: { user, client, grant } };
}

const NONE = { post: false, read: false, reader: null } as const;

const find = prepared((db, arg: Argument<FieldQuestion>) => withCredential(db, arg));

/** Null for a credential that does not live. */
export async function credentialOf(db: Kysely<Database>, question: FieldQuestion): Promise<CredentialRow | null> {
  return (await find(db, question))[0] ?? null;
}
