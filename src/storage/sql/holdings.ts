import { sql } from 'kysely';
import type { Act, AuditAction } from '#audit/ports';
import type { DeviceRecord, NewHolding } from '#apis/ports';
import type { DeviceMuid, UserMuid } from '#kernel';
import type { Tx } from '../verb.ts';
import { record } from './audit-entry.ts';
import { deviceOf, selectDevices, usableBy } from './device-rows.ts';

/** One device as this user sees it, inside a transaction or out of it. */
export async function deviceFor(
  db: Tx,
  user: UserMuid,
  grant: string | null,
  device: DeviceMuid,
): Promise<DeviceRecord | null> {
  const row = await selectDevices(db, sql<UserMuid>`${user}`, sql<string | null>`cast(${grant} as text)`)
    .where('d.muid', '=', device)
    .executeTakeFirst();
  return row === undefined ? null : deviceOf(row);
}

/**
 * Puts a device into a user's account. The device's own row decides: it is taken first, by an update that only succeeds
 * while nobody holds it or its product allows several users. False where this user can't have it.
 */
export async function hold(tx: Tx, act: Act, user: UserMuid, wish: NewHolding): Promise<boolean> {
  const taken = await tx
    .updateTable('device')
    .set((eb) => ({ holders: eb('holders', '+', 1) }))
    .where('muid', '=', wish.device)
    .where('enabled', '=', 1)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('device_holding as h')
            .select('h.id')
            .where('h.device_muid', '=', wish.device)
            .where('h.user_id', '=', user)
            .where('h.held_until', 'is', null),
        ),
      ),
    )
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('product as p')
          .innerJoin('product_version as v', (join) =>
            join
              .onRef('v.product_id', '=', 'p.id')
              .on('v.version', '=', (on) => on.fn.coalesce('p.live_version', 'p.newest_version')),
          )
          .select('p.id')
          .whereRef('p.id', '=', 'device.product_id')
          .where(usableBy(sql<UserMuid>`${user}`))
          .where((or) => or.or([or('device.holders', '=', 0), or('v.several_users', '=', 1)])),
      ),
    )
    .executeTakeFirst();
  if (taken.numUpdatedRows === 0n) return renameHolding(tx, act, user, wish.device, wish.nickname);
  const made = await tx
    .insertInto('device_holding')
    .values({
      id: wish.id,
      device_muid: wish.device,
      user_id: user,
      nickname: wish.nickname ?? (await productName(tx, wish.device)),
      held_from: act.at,
      held_until: null,
      updated_at: act.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n) {
    // The same user added it in another request at this very moment: one holding, counted once.
    await countHolders(tx, wish.device, -1);
    return true;
  }
  await noteDevice(tx, act, 'device.added', user, wish.device);
  return true;
}

const productName = async (tx: Tx, device: DeviceMuid): Promise<string> => {
  const row = await tx
    .selectFrom('device as d')
    .innerJoin('product as p', 'p.id', 'd.product_id')
    .innerJoin('product_version as v', (join) =>
      join
        .onRef('v.product_id', '=', 'p.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('p.live_version', 'p.newest_version')),
    )
    .select('v.name')
    .where('d.muid', '=', device)
    .executeTakeFirst();
  return row?.name ?? '';
};

/** False where the user does not hold the device. A null name leaves it as it is. */
export async function renameHolding(
  tx: Tx,
  act: Act,
  user: UserMuid,
  device: DeviceMuid,
  nickname: string | null,
): Promise<boolean> {
  const renamed = await tx
    .updateTable('device_holding')
    .set((eb) => ({ nickname: nickname ?? eb.ref('nickname'), updated_at: act.at }))
    .where('device_muid', '=', device)
    .where('user_id', '=', user)
    .where('held_until', 'is', null)
    .executeTakeFirst();
  return renamed.numUpdatedRows > 0n;
}

/** Takes a device out of the account. Whatever was received until now stays this user's; nothing later becomes it. */
export async function release(tx: Tx, act: Act, user: UserMuid, device: DeviceMuid): Promise<boolean> {
  const ended = await tx
    .updateTable('device_holding')
    .set({ held_until: act.at, updated_at: act.at })
    .where('device_muid', '=', device)
    .where('user_id', '=', user)
    .where('held_until', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (ended === undefined) return false;
  await countHolders(tx, device, -1);
  await tx
    .updateTable('device_credential')
    .set({ ended_at: act.at })
    .where('device_muid', '=', device)
    .where('holding_id', '=', ended.id)
    .execute();
  await noteDevice(tx, act, 'device.removed', user, device);
  return true;
}

const countHolders = (tx: Tx, device: DeviceMuid, by: number): Promise<unknown> =>
  tx
    .updateTable('device')
    .set((eb) => ({ holders: eb('holders', '+', by) }))
    .where('muid', '=', device)
    .execute();

const noteDevice = (tx: Tx, act: Act, action: AuditAction, subject: UserMuid, device: DeviceMuid): Promise<void> =>
  record(tx, act, { action, outcome: 'ok', subject, reason: device });
