import { type Kysely, sql } from 'kysely';
import type { Act } from '#audit/ports';
import type { DerivedToken, DeviceAnswer, DeviceStore, NewHolding, OwnDeviceStore } from '#apis/ports';
import type { DeviceMuid, ModelMuid, PresentedHandle, UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { DEVICE_COLUMNS, deviceOf, deviceOrNull, selectDevices, usableBy } from './device-rows.ts';
import { deviceFor, hold, release, renameHolding } from './holdings.ts';
import { type Argument, prepared, type TokenQuestion } from './prepared.ts';
import { rightIn, rightOf, selectRight } from './right.ts';

const LIVE_USER = sql<UserMuid>`(select user_id from live)`;
const LIVE_GRANT = sql<string>`(select grant_id from live)`;

/** The columns of a device in a joined subquery named `one`. */
const ONE = DEVICE_COLUMNS.map((name) => `one.${name}` as const);

const findPage = prepared((db, arg: Argument<TokenQuestion & { limit: number; offset: number }>) =>
  db
    .with('live', () => selectRight(db, arg))
    .selectFrom('live')
    .leftJoin(
      heldBy(db)
        .orderBy('h.held_from', 'desc')
        .orderBy('h.id', 'desc')
        .limit(arg('limit'))
        .offset(arg('offset'))
        .as('one'),
      (join) => join.onTrue(),
    )
    .selectAll('live')
    .select(ONE)
    .select((eb) =>
      eb
        .selectFrom('device_holding as c')
        .select((count) => count.fn.countAll<number>().as('count'))
        .where('c.user_id', '=', LIVE_USER)
        .where('c.held_until', 'is', null)
        .as('total'),
    )
    .orderBy('one.held_from', 'desc')
    .orderBy('one.holding_id', 'desc'),
);

const heldBy = (db: Kysely<Database>) => selectDevices(db, LIVE_USER, LIVE_GRANT).where('h.id', 'is not', null);

/** A device of somebody else is not found, unless its product is made for several users. */
const findBySerial = prepared((db, arg: Argument<TokenQuestion & { model: ModelMuid; serial: string }>) =>
  db
    .with('live', () => selectRight(db, arg))
    .selectFrom('live')
    .leftJoin(
      selectDevices(db, LIVE_USER, LIVE_GRANT)
        .where('d.product_id', '=', arg('model'))
        .where('d.serial_number', '=', arg('serial'))
        .where(usableBy(LIVE_USER))
        .where((eb) => eb.or([eb('h.id', 'is not', null), eb('d.holders', '=', 0), eb('v.several_users', '=', 1)]))
        .as('one'),
      (join) => join.onTrue(),
    )
    .selectAll('live')
    .select(ONE),
);

interface Change {
  readonly act: Act;
  readonly token: TokenQuestion;
}

/** Runs a change for the token's user, if the token lives and has the scope; the device as it is afterwards. */
async function changing(
  tx: Tx,
  { token }: Change,
  device: DeviceMuid,
  change: (user: UserMuid) => Promise<boolean>,
): Promise<DeviceAnswer | null> {
  const right = await rightIn(tx, token);
  if (right === null) return null;
  if (!right.scopes.includes('DEVICE') || !(await change(right.userMuid))) return { right, device: null };
  return { right, device: await deviceFor(tx, right.userMuid, right.grantId, device) };
}

const add = verb('devices.add', (tx, args: Change & { wish: NewHolding }) =>
  changing(tx, args, args.wish.device, (user) => hold(tx, args.act, user, args.wish)),
);
const rename = verb('devices.rename', (tx, args: Change & { device: DeviceMuid; nickname: string }) =>
  changing(tx, args, args.device, (user) => renameHolding(tx, args.act, user, args.device, args.nickname)),
);
const remove = verb('devices.remove', (tx, args: Change & { device: DeviceMuid }) =>
  changing(tx, args, args.device, (user) => release(tx, args.act, user, args.device)),
);

/** Named by grant and holding, so that repeating it changes nothing. */
const keepTokens = verb(
  'devices.keepTokens',
  async (tx, { tokens, at }: { tokens: readonly DerivedToken[]; at: number }): Promise<void> => {
    for (const { grant, holding, device, digest } of tokens) {
      await tx
        .insertInto('device_credential')
        .values({
          id: `${grant}.${holding}`,
          device_muid: device,
          kind: 'DERIVED',
          grant_id: grant,
          holding_id: holding,
          digest,
          created_at: at,
          ended_at: null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  },
);

const asked = ({ lookupId, digest }: PresentedHandle, now: number): TokenQuestion => ({ lookupId, digest, now });

export const deviceStore = ({ read, run }: Engine): DeviceStore => ({
  async list(token, { limit, offset }, now) {
    const rows = await findPage(read, { ...asked(token, now), limit, offset });
    const first = rows[0];
    if (first === undefined) return null;
    return { right: rightOf(first), total: first.total ?? 0, devices: rows.flatMap((row) => deviceOrNull(row) ?? []) };
  },
  async find(token, { model, serial }, now) {
    const row = (await findBySerial(read, { ...asked(token, now), model, serial }))[0];
    return row === undefined ? null : { right: rightOf(row), device: deviceOrNull(row) };
  },
  add: (act, token, wish) => run(add, { act, token: asked(token, act.at), wish }),
  rename: (act, token, device, nickname) => run(rename, { act, token: asked(token, act.at), device, nickname }),
  remove: (act, token, device) => run(remove, { act, token: asked(token, act.at), device }),
  keepTokens: (tokens, at) => run(keepTokens, { tokens, at }),
});

const addOwn = verb('devices.addOwn', async (tx, args: { act: Act; user: UserMuid; wish: NewHolding }) =>
  (await hold(tx, args.act, args.user, args.wish)) ? deviceFor(tx, args.user, null, args.wish.device) : null,
);
const renameOwn = verb(
  'devices.renameOwn',
  (tx, { act, user, device, nickname }: { act: Act; user: UserMuid; device: DeviceMuid; nickname: string }) =>
    renameHolding(tx, act, user, device, nickname),
);
const removeOwn = verb(
  'devices.removeOwn',
  (tx, { act, user, device }: { act: Act; user: UserMuid; device: DeviceMuid }) => release(tx, act, user, device),
);

export const ownDeviceStore = ({ read, run }: Engine): OwnDeviceStore => ({
  async of(user) {
    const rows = await selectDevices(read, sql<UserMuid>`${user}`, sql<string | null>`cast(null as text)`)
      .where('h.id', 'is not', null)
      .orderBy('h.held_from', 'desc')
      .orderBy('h.id', 'desc')
      .execute();
    return rows.map(deviceOf);
  },
  add: (act, user, wish) => run(addOwn, { act, user, wish }),
  rename: (act, user, device, nickname) => run(renameOwn, { act, user, device, nickname }),
  remove: (act, user, device) => run(removeOwn, { act, user, device }),
});
