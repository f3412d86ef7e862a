import { type Expression, type Kysely, sql } from 'kysely';
import type { DeviceRecord } from '#apis/ports';
import type { UserMuid } from '#kernel';
import type { Database } from '../schema.ts';

/**
 * Devices with their product as one user sees them: with the holding that this user has, if any, and whether the token
 * that `grant` gets for it is kept. Callers narrow it further.
 */
export const selectDevices = (db: Kysely<Database>, user: Expression<UserMuid>, grant: Expression<string | null>) =>
  db
    .selectFrom('device as d')
    .innerJoin('product as p', 'p.id', 'd.product_id')
    .innerJoin('product_version as v', (join) =>
      join
        .onRef('v.product_id', '=', 'p.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('p.live_version', 'p.newest_version')),
    )
    .leftJoin('device_holding as h', (join) =>
      join.onRef('h.device_muid', '=', 'd.muid').on('h.held_until', 'is', null).on('h.user_id', '=', user),
    )
    .leftJoin('device_credential as k', (join) =>
      join.onRef('k.holding_id', '=', 'h.id').onRef('k.device_muid', '=', 'd.muid').on('k.grant_id', '=', grant),
    )
    .select([
      'd.muid',
      'd.serial_number',
      'd.mac_address',
      'd.enabled',
      'd.created_at',
      'd.modified_at',
      'p.id as model_muid',
      'p.owner_id',
      'p.status',
      'p.manifest_version',
      'p.created_at as model_created_at',
      'p.updated_at as model_updated_at',
      'v.name',
      'v.model_code',
      'v.maker',
      'v.description',
      'v.image_uri',
      'v.info_image_uri',
      'v.buy_link',
      'v.size',
      'v.weight',
      'v.several_users',
      'h.id as holding_id',
      'h.nickname',
      'h.held_from',
      'h.updated_at as holding_updated_at',
      'k.id as credential_id',
    ]);

export type DeviceRow = Awaited<ReturnType<ReturnType<typeof selectDevices>['execute']>>[number];

/** The names of the columns above, for a statement that joins them onto something else. */
export const DEVICE_COLUMNS = [
  'muid',
  'serial_number',
  'mac_address',
  'enabled',
  'created_at',
  'modified_at',
  'model_muid',
  'owner_id',
  'status',
  'manifest_version',
  'model_created_at',
  'model_updated_at',
  'name',
  'model_code',
  'maker',
  'description',
  'image_uri',
  'info_image_uri',
  'buy_link',
  'size',
  'weight',
  'several_users',
  'holding_id',
  'nickname',
  'held_from',
  'holding_updated_at',
  'credential_id',
] as const satisfies readonly (keyof DeviceRow)[];

type Outer<Row> = { readonly [Name in keyof Row]: Row[Name] | null };

/** Null for the empty side of an outer join. */
export const deviceOrNull = (row: Outer<DeviceRow>): DeviceRecord | null =>
  row.muid === null ? null : deviceOf(row as DeviceRow);

export const deviceOf = (row: DeviceRow): DeviceRecord => ({
  muid: row.muid,
  serialNumber: row.serial_number,
  macAddress: row.mac_address,
  enabled: row.enabled === 1,
  manifestVersion: row.manifest_version,
  createdAt: row.created_at,
  modifiedAt: row.modified_at,
  model: {
    muid: row.model_muid,
    ownerId: row.owner_id,
    status: row.status,
    code: row.model_code,
    name: row.name,
    description: row.description,
    maker: row.maker,
    imageUri: row.image_uri,
    infoImageUri: row.info_image_uri,
    buyLink: row.buy_link,
    size: row.size,
    weight: row.weight,
    severalUsers: row.several_users === 1,
    createdAt: row.model_created_at,
    modifiedAt: row.model_updated_at,
  },
  holding:
    row.holding_id === null
      ? null
      : {
          id: row.holding_id,
          nickname: row.nickname ?? '',
          updatedAt: row.holding_updated_at ?? row.created_at,
          tokenKept: row.credential_id !== null,
        },
});

/** A product that this user's devices may be of: approved, or still in review and this user's own. */
export const usableBy = (user: Expression<UserMuid>) =>
  sql<boolean>`(p.status = 'ACTIVE' or (p.status = 'PENDING' and p.owner_id = ${user}))`;
