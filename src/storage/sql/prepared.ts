import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Database } from '../schema.ts';

/** Stands for an argument while a query is compiled. */
class Slot {
  readonly name: PropertyKey;
  constructor(name: PropertyKey) {
    this.name = name;
  }
}

export type Argument<Args> = <Name extends keyof Args>(name: Name) => Args[Name];

/** What a token is looked up by. */
export interface TokenQuestion {
  readonly lookupId: string;
  readonly digest: Uint8Array;
  readonly now: number;
}

/** Runs a statement under a name, by which the server keeps its plan. */
type NamedRunner = (name: string, text: string, values: readonly unknown[]) => Promise<unknown[]>;

const named = new WeakMap<Kysely<Database>, NamedRunner>();
let names = 0;

/**
 * Has the prepared queries of this database run by name. PostgreSQL plans a statement without a name each time anew, which
 * costs more than running it where ten tables are joined (ADR 0004). SQLite keeps its statements by their text.
 */
export const runByName = (db: Kysely<Database>, run: NamedRunner): void => {
  named.set(db, run);
};

/**
 * A query that is compiled once per database and then only gets its arguments: for what every request asks. As fast as a
 * raw prepared statement, and still typed. `build` must not look at the arguments.
 */
export function prepared<Args extends object, Row>(
  build: (db: Kysely<Database>, arg: Argument<Args>) => Compilable<Row>,
): (db: Kysely<Database>, args: Args) => Promise<Row[]> {
  const compiled = new WeakMap<Kysely<Database>, CompiledQuery<Row>>();
  const statement = `medbiz_${++names}`;
  return async (db, args) => {
    let query = compiled.get(db);
    if (query === undefined) {
      query = build(db, (name) => new Slot(name) as never).compile();
      compiled.set(db, query);
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Slot ? args[value.name as keyof Args] : value,
    );
    const runNamed = named.get(db);
    // The rows are those of the compiled query, whoever runs it.
    if (runNamed !== undefined) return (await runNamed(statement, query.sql, parameters)) as Row[];
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
