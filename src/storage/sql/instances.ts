import { type Kysely, sql } from 'kysely';
import type { DataPage, Instance, InstanceQuestion } from '#apis/ports';
import { HEALTH_KINDS } from '#consent/ports';
import type { Database } from '../schema.ts';
import { type FieldQuestion, powersOf, withCredential } from './device-credential.ts';
import { type Argument, prepared } from './prepared.ts';
import { coversKind, hasWord } from './right.ts';

type Question = FieldQuestion & Omit<InstanceQuestion, 'order'>;

/** A root code of the instance that the user did not give this client: then the instance is not the client's to see. */
const UNGIVEN = sql.join(
  HEALTH_KINDS.map(
    (kind) => sql`(${hasWord('i.roots', kind)} and not exists (select 1 from live where ${coversKind(kind)}))`,
  ),
  sql` or `,
);

/** What of a field this credential may read, whatever its holder asks for. */
const readable = (db: Kysely<Database>, arg: Argument<Question>) =>
  db
    .selectFrom('device_instance as i')
    .where('i.device', '=', sql<number>`(select number from cred)`)
    .where('i.field', '=', arg('field'))
    .where('i.created_at', '>=', arg('from'))
    .where('i.created_at', '<=', arg('to'))
    .where(sql<boolean>`(cast(${arg('tie')} as bigint) is null or i.tie = ${arg('tie')})`)
    .where(
      sql<boolean>`(
        (i.subject is null and exists (select 1 from cred where kind = 'FACTORY' and holders = 0))
        or (
          i.subject = (
            select s.number from health_subject as s
            inner join live on live.user_id = s.user_id
            inner join cred on cred.kind = 'DERIVED' and cred.holding_id is not null
            where ${hasWord('live.held', 'DEVICE')} and ${hasWord('live.grant_scope', 'DEVICE')}
            and ${hasWord('live.held', 'HEALTH')} and ${hasWord('live.grant_scope', 'HEALTH')}
          )
          and not (${UNGIVEN})
        )
      )`,
    );

const selectPage = (direction: 'asc' | 'desc') => (db: Kysely<Database>, arg: Argument<Question>) =>
  withCredential(db, arg)
    .leftJoin(
      readable(db, arg)
        .select(['i.created_at', 'i.tie', 'i.cnf', 'i.con', 'i.marks'])
        .orderBy('i.created_at', direction)
        .orderBy('i.tie', direction)
        .limit(arg('limit'))
        .offset(arg('offset'))
        .as('one'),
      (join) => join.onTrue(),
    )
    .select(['one.created_at', 'one.tie', 'one.cnf', 'one.con', 'one.marks'])
    .select(
      readable(db, arg)
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .as('total'),
    )
    .orderBy('one.created_at', direction)
    .orderBy('one.tie', direction);

const newest = prepared(selectPage('desc'));
const oldest = prepared(selectPage('asc'));

export const instanceOf = (
  row: Pick<Database['device_instance'], 'created_at' | 'tie' | 'cnf' | 'con' | 'marks'>,
): Instance => ({
  createdAt: row.created_at,
  tie: row.tie,
  cnf: row.cnf,
  con: row.con,
  marks: row.marks === '' ? [] : row.marks.split(' '),
});

export async function readInstances(
  db: Kysely<Database>,
  question: FieldQuestion,
  { order, ...page }: InstanceQuestion,
): Promise<DataPage> {
  const rows = await (order === 'newest' ? newest : oldest)(db, { ...question, ...page });
  const credential = rows[0];
  const powers = credential && powersOf(credential);
  if (credential === undefined || !powers?.read) return 'refused';
  if (credential.field_name === null) return 'no-field';
  return {
    reader: powers.reader,
    total: credential.total ?? 0,
    instances: rows.flatMap(({ created_at, tie, cnf, con, marks }) =>
      created_at === null || tie === null || con === null || marks === null
        ? []
        : [instanceOf({ created_at, tie, cnf, con, marks })],
    ),
  };
}
