import { type Expression, sql, type SqlBool } from 'kysely';

/** Whether a text holds another one, without regard to the case of ASCII letters; `%` and `_` stand for themselves. */
export const holds = (column: Expression<string | null>, text: string): Expression<SqlBool> =>
  sql<SqlBool>`lower(${column}) like ${`%${text.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`} escape '\\'`;
