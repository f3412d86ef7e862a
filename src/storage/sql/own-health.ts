import type { Act } from '#audit/ports';
import type { OwnHealthStore } from '#apis/ports';
import { HEALTH_KINDS } from '#consent/ports';
import type { UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { observationOf } from './health.ts';

const kindOf = (code: string) => HEALTH_KINDS.filter((kind) => kind === code);

const note = verb(
  'health.note',
  async (
    tx,
    {
      act,
      user,
      action,
      reason,
    }: { act: Act; user: UserMuid; action: 'health.exported' | 'health.erased'; reason: string },
  ): Promise<void> => {
    await record(tx, act, { action, outcome: 'ok', subject: user, reason });
  },
);

/** One step of an erasure: health data first, then what devices sent while it was this person's. */
const erase = verb(
  'health.erase',
  async (tx, { act, user, most }: { act: Act; user: UserMuid; most: number }): Promise<number> => {
    const subject = await tx
      .selectFrom('health_subject')
      .select('number')
      .where('user_id', '=', user)
      .executeTakeFirst();
    if (subject === undefined) return 0;
    const observations = await eraseObservations(tx, subject.number, act.at, most);
    if (observations > 0) return observations;
    return eraseInstances(tx, user, subject.number, act.at, most);
  },
);

/** What was received up to the moment that it was asked for; what comes meanwhile is new. */
async function eraseObservations(tx: Tx, subject: number, until: number, most: number): Promise<number> {
  const rows = await tx
    .selectFrom('health_observation')
    .select(['root', 'measured_at', 'tie'])
    .where('subject', '=', subject)
    .where('received_at', '<=', until)
    .limit(most)
    .execute();
  for (const { root, measured_at, tie } of rows) {
    await tx
      .deleteFrom('health_observation')
      .where('subject', '=', subject)
      .where('root', '=', root)
      .where('measured_at', '=', measured_at)
      .where('tie', '=', tie)
      .execute();
  }
  return rows.length;
}

async function eraseInstances(tx: Tx, user: UserMuid, subject: number, until: number, most: number): Promise<number> {
  const rows = await tx
    .selectFrom('device_instance')
    .select(['device', 'field', 'created_at', 'tie'])
    .where('device', 'in', (eb) =>
      eb
        .selectFrom('device_holding as h')
        .innerJoin('device as d', 'd.muid', 'h.device_muid')
        .select('d.number')
        .where('h.user_id', '=', user),
    )
    .where('subject', '=', subject)
    .where('created_at', '<=', until)
    .limit(most)
    .execute();
  for (const { device, field, created_at, tie } of rows) {
    for (const table of ['device_repeat', 'device_instance'] as const) {
      await tx
        .deleteFrom(table)
        .where('device', '=', device)
        .where('field', '=', field)
        .where('created_at', '=', created_at)
        .where('tie', '=', tie)
        .execute();
    }
  }
  return rows.length;
}

export const ownHealthStore = ({ read, run }: Engine): OwnHealthStore => ({
  async summary(user) {
    const rows = await read
      .selectFrom('health_observation as o')
      .innerJoin('health_subject as s', 's.number', 'o.subject')
      .innerJoin('health_root as r', 'r.number', 'o.root')
      .select((eb) => ['r.code', eb.fn.countAll<number>().as('count'), eb.fn.max<number>('o.measured_at').as('newest')])
      .where('s.user_id', '=', user)
      .groupBy(['r.code', 'r.number'])
      .orderBy('r.number')
      .execute();
    return rows.flatMap(({ code, count, newest }) => kindOf(code).map((root) => ({ root, count, newest })));
  },

  async page(user, after, limit) {
    let query = read
      .selectFrom('health_observation as o')
      .innerJoin('health_subject as s', 's.number', 'o.subject')
      .innerJoin('health_root as r', 'r.number', 'o.root')
      .leftJoin('device as d', 'd.number', 'o.device')
      .select(['r.code', 'o.field', 'o.measured_at', 'o.received_at', 'o.reading', 'o.tie', 'd.muid'])
      .where('s.user_id', '=', user);
    if (after !== null) {
      const { root, measuredAt, tie } = after;
      const number = read.selectFrom('health_root').select('number').where('code', '=', root);
      query = query.where((eb) =>
        eb.or([
          eb('o.root', '>', number),
          eb.and([
            eb('o.root', '=', number),
            eb.or([
              eb('o.measured_at', '>', measuredAt),
              eb.and([eb('o.measured_at', '=', measuredAt), eb('o.tie', '>', tie)]),
            ]),
          ]),
        ]),
      );
    }
    const rows = await query.orderBy('o.root').orderBy('o.measured_at').orderBy('o.tie').limit(limit).execute();
    const last = rows.length === limit ? rows.at(-1) : undefined;
    const root = last && kindOf(last.code)[0];
    return {
      items: rows.flatMap((row) => kindOf(row.code).flatMap((kind) => observationOf(kind, row))),
      next: last === undefined || root === undefined ? null : { root, measuredAt: last.measured_at, tie: last.tie },
    };
  },

  noteExport: (act, user) => run(note, { act, user, action: 'health.exported', reason: '' }),
  erase: (act, user, most) => run(erase, { act, user, most }),
  noteErased: (act, user, rows) => run(note, { act, user, action: 'health.erased', reason: `${rows} rows` }),
});
