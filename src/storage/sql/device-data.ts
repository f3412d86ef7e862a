import { sql } from 'kysely';
import type { DeviceDataStore, DeviceKey, NewInstance, Storing } from '#apis/ports';
import { DAY, equalBytes, MINUTE, newNumber, type UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { credentialOf, type FieldQuestion, fieldQuestion, powersOf } from './device-credential.ts';
import { fieldParameters } from './field-parameters.ts';
import { instanceOf, readInstances } from './instances.ts';

/** How long a repeated post is known for one. */
const REPEAT_MS = DAY;

interface Store {
  readonly question: FieldQuestion;
  readonly instance: NewInstance;
  readonly mostPerMinute: number;
}

/**
 * Raw and health data in one transaction. The credential is tested in it, and the holder is read in it: who holds the
 * device at this moment is whose data it is.
 */
const store = verb('deviceData.store', async (tx, { question, instance, mostPerMinute }: Store): Promise<Storing> => {
  const { field, now: at } = question;
  const credential = await credentialOf(tx, question);
  if (credential === null || !powersOf(credential).post) return { outcome: 'refused' };
  const device = credential.number;
  const { tie, repeat } = instance;
  if (repeat !== null) {
    const before = await takeRepeat(tx, { device, field, created_at: at, tie }, repeat);
    if (before !== null) return before;
  }
  if ((await postsSince(tx, device, field, at - MINUTE)) >= mostPerMinute) {
    if (repeat !== null) await forgetRepeat(tx, device, repeat.key);
    return { outcome: 'too-many' };
  }
  const subject = await subjectOf(tx, question, at);
  await tx
    .insertInto('device_instance')
    .values({
      device,
      field,
      created_at: at,
      tie,
      subject,
      manifest: instance.manifest,
      measured_at: instance.measuredAt,
      cnf: instance.cnf,
      con: instance.con,
      roots: instance.roots.join(' '),
      marks: instance.marks.join(' '),
    })
    .execute();
  if (subject !== null) await insertObservations(tx, { subject, device, field, at, tie }, instance);
  const { con, cnf, marks } = instance;
  return { outcome: 'stored', instance: { createdAt: at, tie, cnf, con, marks } };
});

async function insertObservations(
  tx: Tx,
  { subject, device, field, at, tie }: { subject: number; device: number; field: string; at: number; tie: number },
  { measurements, measuredAt }: NewInstance,
): Promise<void> {
  for (const { root, values } of measurements) {
    await tx
      .insertInto('health_observation')
      .values({
        subject,
        root: sql<number>`(select number from health_root where code = ${root})`,
        measured_at: measuredAt ?? at,
        tie,
        device,
        field,
        received_at: at,
        reading: JSON.stringify(values),
      })
      .execute();
  }
}

/** The first of those who hold the device now, while the account exists; null where nobody does. */
async function subjectOf(tx: Tx, { device }: FieldQuestion, at: number): Promise<number | null> {
  const holder = await tx
    .selectFrom('device_holding as h')
    .innerJoin('user_account as u', 'u.id', 'h.user_id')
    .leftJoin('health_subject as s', 's.user_id', 'h.user_id')
    .select(['h.user_id', 's.number'])
    .where('h.device_muid', '=', device)
    .where('h.held_until', 'is', null)
    .where('u.status', '!=', 'CLOSED')
    .orderBy('h.held_from')
    .orderBy('h.id')
    .limit(1)
    .executeTakeFirst();
  if (holder === undefined) return null;
  return holder.number ?? makeSubject(tx, holder.user_id, at);
}

async function makeSubject(tx: Tx, user: UserMuid, at: number): Promise<number> {
  await tx
    .insertInto('health_subject')
    .values({ user_id: user, number: newNumber(), created_at: at })
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .execute();
  const { number } = await tx
    .selectFrom('health_subject')
    .select('number')
    .where('user_id', '=', user)
    .executeTakeFirstOrThrow();
  return number;
}

async function postsSince(tx: Tx, device: number, field: string, since: number): Promise<number> {
  const { posts } = await tx
    .selectFrom('device_instance')
    .select((eb) => eb.fn.countAll<number>().as('posts'))
    .where('device', '=', device)
    .where('field', '=', field)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow();
  return posts;
}

type Place = Pick<Database['device_repeat'], 'device' | 'field' | 'created_at' | 'tie'>;

/** Null for whoever is first with this key; of parallel posts exactly one is. */
async function takeRepeat(
  tx: Tx,
  place: Place,
  { key, digest }: { key: string; digest: Uint8Array },
): Promise<Storing | null> {
  await tx
    .deleteFrom('device_repeat')
    .where('device', '=', place.device)
    .where('key', '=', key)
    .where('expires_at', '<=', place.created_at)
    .execute();
  const taken = await tx
    .insertInto('device_repeat')
    .values({ ...place, key, digest, expires_at: place.created_at + REPEAT_MS })
    .onConflict((conflict) => conflict.columns(['device', 'key']).doNothing())
    .executeTakeFirst();
  if (taken.numInsertedOrUpdatedRows === 1n) return null;
  const first = await tx
    .selectFrom('device_repeat as r')
    .innerJoin('device_instance as i', (join) =>
      join
        .onRef('i.device', '=', 'r.device')
        .onRef('i.field', '=', 'r.field')
        .onRef('i.created_at', '=', 'r.created_at')
        .onRef('i.tie', '=', 'r.tie'),
    )
    .select(['r.digest', 'i.created_at', 'i.tie', 'i.cnf', 'i.con', 'i.marks'])
    .where('r.device', '=', place.device)
    .where('r.key', '=', key)
    .executeTakeFirst();
  if (first === undefined || !equalBytes(first.digest, digest)) return { outcome: 'other-body' };
  return { outcome: 'repeated', instance: instanceOf(first) };
}

const forgetRepeat = (tx: Tx, device: number, key: string): Promise<unknown> =>
  tx.deleteFrom('device_repeat').where('device', '=', device).where('key', '=', key).execute();

export const deviceDataStore = ({ read, run }: Engine): DeviceDataStore => ({
  async open(key: DeviceKey, field, now) {
    const credential = await credentialOf(read, fieldQuestion(key, field, now));
    if (credential === null || !powersOf(credential).post) return 'refused';
    if (credential.field_name === null) return 'no-field';
    const { product_id: product, manifest_version: manifest } = credential;
    return { manifest, parameters: await fieldParameters(read, { product, manifest, field }) };
  },
  store: (key, field, instance, at, mostPerMinute) =>
    run(store, { question: fieldQuestion(key, field, at), instance, mostPerMinute }),
  read: (key, field, question, now) => readInstances(read, fieldQuestion(key, field, now), question),
});
