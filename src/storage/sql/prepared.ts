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

/**
 * A query that is compiled once per database and then only gets its arguments: for what every request asks. As fast as a
 * raw prepared statement, and still typed. `build` must not look at the arguments.
 */
export function prepared<Args extends object, Row>(
  build: (db: Kysely<Database>, arg: Argument<Args>) => Compilable<Row>,
): (db: Kysely<Database>, args: Args) => Promise<Row[]> {
  const compiled = new WeakMap<Kysely<Database>, CompiledQuery<Row>>();
  return async (db, args) => {
    let query = compiled.get(db);
    if (query === undefined) {
      query = build(db, (name) => new Slot(name) as never).compile();
      compiled.set(db, query);
    }
    const parameters = query.parameters.map((value) =>
      value instanceof Slot ? args[value.name as keyof Args] : value,
    );
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
