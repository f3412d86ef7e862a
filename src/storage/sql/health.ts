import { type Kysely, sql } from 'kysely';
import type { HealthRange, HealthStore, Observation } from '#apis/ports';
import type { HealthKind } from '#consent/ports';
import type { DeviceMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { parameterOf } from './field-parameters.ts';
import { type Argument, prepared, type TokenQuestion } from './prepared.ts';
import { coversKind, rightOf, selectRight } from './right.ts';

type Question = TokenQuestion & HealthRange;
type SharedQuestion = Question & { readonly ownerLogin: string };

/** Whose rows: one number or none, from the right that was proven in the same statement. */
const OWN = (arg: Argument<Question>) =>
  sql<number>`(
    select s.number from health_subject as s inner join live on live.user_id = s.user_id
    where ${coversKind(arg('root'))}
  )`;

const SHARED = sql<number>`(select s.number from health_subject as s inner join shared on shared.owner_id = s.user_id)`;

/** Rows of one person, root code and range: a range of the primary key, newest first. */
const rowsOf = (db: Kysely<Database>, arg: Argument<Question>, subject: typeof SHARED) =>
  db
    .selectFrom('health_observation as o')
    .where('o.subject', '=', subject)
    .where('o.root', '=', sql<number>`(select number from health_root where code = ${arg('root')})`)
    .where('o.measured_at', '>=', arg('from'))
    .where('o.measured_at', '<=', arg('to'));

const pageOf = (db: Kysely<Database>, arg: Argument<Question>, subject: typeof SHARED) =>
  rowsOf(db, arg, subject)
    .select(['o.device', 'o.field', 'o.measured_at', 'o.received_at', 'o.reading', 'o.tie'])
    .orderBy('o.measured_at', 'desc')
    .orderBy('o.tie', 'desc')
    .limit(arg('limit'))
    .offset(arg('offset'));

const countOf = (db: Kysely<Database>, arg: Argument<Question>, subject: typeof SHARED) =>
  rowsOf(db, arg, subject).select((eb) => eb.fn.countAll<number>().as('count'));

const COLUMNS = ['one.field', 'one.measured_at', 'one.received_at', 'one.reading', 'd.muid'] as const;

const findOwn = prepared((db, arg: Argument<Question>) =>
  db
    .with('live', () => selectRight(db, arg))
    .selectFrom('live')
    .leftJoin(pageOf(db, arg, OWN(arg)).as('one'), (join) => join.onTrue())
    .leftJoin('device as d', 'd.number', 'one.device')
    .selectAll('live')
    .select(COLUMNS)
    .select(countOf(db, arg, OWN(arg)).as('total'))
    .orderBy('one.measured_at', 'desc')
    .orderBy('one.tie', 'desc'),
);

/**
 * The living share of this root code to the token's user, which its owner let reach this client while it belonged to the
 * same company. Either person's end, or the client's, ends it: `live` and the owner's account say so here.
 */
const selectShare = (db: Kysely<Database>, arg: Argument<SharedQuestion>) =>
  db
    .selectFrom('health_share as w')
    .innerJoin('login_id as l', 'l.user_id', 'w.owner_id')
    .innerJoin('user_account as u', 'u.id', 'w.owner_id')
    .innerJoin('health_share_application as a', 'a.share_id', 'w.id')
    .innerJoin('client as c', 'c.id', 'a.client_id')
    .select(['w.owner_id'])
    .where('l.folded', '=', arg('ownerLogin'))
    .where('u.status', '=', 'ACTIVE')
    .where('w.root_code', '=', arg('root'))
    .where('w.ended_at', 'is', null)
    .where('w.expires_at', '>', arg('now'))
    .where('a.ended_at', 'is', null)
    .whereRef('c.owner_id', '=', 'a.client_owner_id')
    .where(
      sql<boolean>`exists (
        select 1 from live where live.user_id = w.grantee_id and live.client_id = a.client_id and ${coversKind(arg('root'))}
      )`,
    )
    .limit(1);

const findShared = prepared((db, arg: Argument<SharedQuestion>) =>
  db
    .with('live', () => selectRight(db, arg))
    .with('shared', () => selectShare(db, arg))
    .selectFrom('live')
    .leftJoin('shared', (join) => join.onTrue())
    .leftJoin(pageOf(db, arg, SHARED).as('one'), (join) => join.onTrue())
    .leftJoin('device as d', 'd.number', 'one.device')
    .selectAll('live')
    .select(COLUMNS)
    .select(['shared.owner_id', countOf(db, arg, SHARED).as('total')])
    .orderBy('one.measured_at', 'desc')
    .orderBy('one.tie', 'desc'),
);

interface ReadingRow {
  readonly muid: DeviceMuid | null;
  readonly field: string | null;
  readonly measured_at: number | null;
  readonly received_at: number | null;
  readonly reading: string | null;
}

export function observationOf(root: HealthKind, row: ReadingRow): Observation[] {
  const { muid, field, measured_at: measuredAt, received_at: receivedAt, reading } = row;
  if (muid === null || field === null || measuredAt === null || receivedAt === null || reading === null) return [];
  const values = JSON.parse(reading) as Observation['values'];
  return [{ root, device: muid, field, measuredAt, receivedAt, values }];
}

export const healthStore = ({ read }: Engine): HealthStore => ({
  async ofToken({ lookupId, digest }, range, now) {
    const rows = await findOwn(read, { ...range, lookupId, digest, now });
    const first = rows[0];
    if (first === undefined) return null;
    const items = rows.flatMap((row) => observationOf(range.root, row));
    return { right: rightOf(first), total: first.total ?? 0, items };
  },

  async sharedWithToken({ lookupId, digest }, ownerLogin, range, now) {
    const rows = await findShared(read, { ...range, lookupId, digest, now, ownerLogin });
    const first = rows[0];
    if (first === undefined) return null;
    const items = rows.flatMap((row) => observationOf(range.root, row));
    return { right: rightOf(first), owner: first.owner_id, total: first.total ?? 0, items };
  },

  async catalogue() {
    const rows = await read
      .selectFrom('parameter_catalogue')
      .selectAll()
      .orderBy('root_code')
      .orderBy('position')
      .execute();
    return rows.flatMap(parameterOf);
  },
});
