import type { Kysely } from 'kysely';
import type { Act } from '#audit/ports';
import type { MadeDevice, NewDevice } from '#developer/ports';
import type { DeviceMuid, ModelMuid, UserMuid } from '#kernel';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';

interface Batch {
  readonly product: ModelMuid;
  readonly owner: UserMuid;
  readonly devices: readonly NewDevice[];
}

/** The product's row is taken first, so that it can't be suspended while devices of it are being made. */
export const createDevices = verb(
  'products.createDevices',
  async (tx, { act, batch }: { act: Act; batch: Batch }): Promise<readonly number[] | null> => {
    const { product, owner, devices } = batch;
    const mine = await tx
      .updateTable('product')
      .set((eb) => ({ updated_at: eb.ref('updated_at') }))
      .where('id', '=', product)
      .where('owner_id', '=', owner)
      .where('status', 'in', ['PENDING', 'ACTIVE'])
      .executeTakeFirst();
    if (mine.numUpdatedRows === 0n) return null;
    const refused: number[] = [];
    for (const [place, device] of devices.entries()) {
      if (!(await insertDevice(tx, act.at, product, device))) refused.push(place);
    }
    const made = devices.length - refused.length;
    const reason = `${product} ${made}`;
    if (made > 0) await record(tx, act, { action: 'device.created', outcome: 'ok', subject: owner, reason });
    return refused;
  },
);

async function insertDevice(tx: Tx, at: number, product: ModelMuid, device: NewDevice): Promise<boolean> {
  const inserted = await tx
    .insertInto('device')
    .values({
      number: device.number,
      muid: device.muid,
      product_id: product,
      serial_number: device.serial,
      mac_address: device.mac,
      enabled: 1,
      holders: 0,
      created_at: at,
      modified_at: at,
    })
    .onConflict((conflict) => conflict.columns(['product_id', 'serial_number']).doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 0n) return false;
  await insertFactorySecret(tx, at, device.muid, device.credential);
  return true;
}

const insertFactorySecret = (
  tx: Tx,
  at: number,
  device: DeviceMuid,
  { id, digest }: NewDevice['credential'],
): Promise<unknown> =>
  tx
    .insertInto('device_credential')
    .values({
      id,
      device_muid: device,
      kind: 'FACTORY',
      grant_id: null,
      holding_id: null,
      digest,
      created_at: at,
      ended_at: null,
    })
    .execute();

interface Rotation {
  readonly device: DeviceMuid;
  readonly owner: UserMuid;
  readonly credential: NewDevice['credential'];
}

/** The device's row decides: of two rotations at once one secret is left, the later one's. */
export const rotateSecret = verb(
  'products.rotateSecret',
  async (tx, { act, rotation }: { act: Act; rotation: Rotation }): Promise<boolean> => {
    const { device, owner, credential } = rotation;
    const mine = await tx
      .updateTable('device')
      .set({ modified_at: act.at })
      .where('muid', '=', device)
      .where('product_id', 'in', (eb) => eb.selectFrom('product').select('id').where('owner_id', '=', owner))
      .executeTakeFirst();
    if (mine.numUpdatedRows === 0n) return false;
    await tx
      .updateTable('device_credential')
      .set({ ended_at: act.at })
      .where('device_muid', '=', device)
      .where('kind', '=', 'FACTORY')
      .where('ended_at', 'is', null)
      .execute();
    await insertFactorySecret(tx, act.at, device, credential);
    await record(tx, act, { action: 'device.secret-rotated', outcome: 'ok', subject: owner, reason: device });
    return true;
  },
);

export async function devicesOf(
  db: Kysely<Database>,
  product: ModelMuid,
  { offset, limit }: { offset: number; limit: number },
): Promise<{ total: number; devices: MadeDevice[] }> {
  const { total } = await db
    .selectFrom('device')
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .where('product_id', '=', product)
    .executeTakeFirstOrThrow();
  const rows = await db
    .selectFrom('device')
    .selectAll()
    .where('product_id', '=', product)
    .orderBy('created_at', 'desc')
    .orderBy('number')
    .offset(offset)
    .limit(limit)
    .execute();
  return {
    total,
    devices: rows.map((row) => ({
      muid: row.muid,
      serial: row.serial_number,
      mac: row.mac_address,
      enabled: row.enabled === 1,
      holders: row.holders,
      createdAt: row.created_at,
    })),
  };
}
