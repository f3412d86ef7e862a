import { type Kysely, sql } from 'kysely';
import type { HealthRight } from '#apis/ports';
import { HEALTH_KINDS } from '#consent/ports';
import { intersectScope, splitScope, type UserMuid, type ClientId } from '#kernel';
import type { Database } from '../schema.ts';
import { selectLiveGrants } from './liveness.ts';
import { type Argument, prepared, type TokenQuestion } from './prepared.ts';

/**
 * The right of a living token as exactly one row, or none: a common table `live` to join data onto, so that liveness,
 * scope, owner and data are one statement.
 */
export const selectRight = (db: Kysely<Database>, arg: Argument<TokenQuestion>) =>
  selectLiveGrants(db, arg('now'))
    .innerJoin('access_token as t', 't.grant_id', 'g.id')
    .where('t.expires_at', '>', arg('now'))
    .where('t.lookup_id', '=', arg('lookupId'))
    .where('t.digest', '=', arg('digest'))
    .clearSelect()
    .select([
      'g.id as grant_id',
      'g.user_id',
      'g.client_id',
      'n.last_used_at',
      'g.scope as grant_scope',
      't.scope as token_scope',
    ])
    .select([HELD.as('held'), KINDS.as('kinds')])
    .groupBy(['g.id', 'g.user_id', 'g.client_id', 'n.last_used_at', 'g.scope', 't.scope']);

export const HELD = sql<string | null>`string_agg(h.scope, ' ')`;
export const KINDS = sql<string | null>`max(case when h.scope = 'HEALTH' then k.kinds end)`;

export interface RightRow {
  readonly grant_id: string;
  readonly user_id: UserMuid;
  readonly client_id: ClientId;
  readonly last_used_at: number | null;
  readonly grant_scope: string;
  readonly token_scope: string;
  readonly held: string | null;
  readonly kinds: string | null;
}

export function rightOf(row: RightRow): HealthRight {
  const kinds = new Set(row.kinds?.split(' '));
  const granted = intersectScope(splitScope(row.grant_scope), splitScope(row.token_scope));
  return {
    userMuid: row.user_id,
    clientId: row.client_id,
    grantId: row.grant_id,
    lastUsedAt: row.last_used_at,
    scopes: intersectScope(splitScope(row.held ?? ''), granted),
    kinds: HEALTH_KINDS.filter((kind) => kinds.has(kind)),
  };
}

/** True in SQL where the list of words in `column` has the word. Our words have no `%`; `_` matches nothing else of them. */
export const hasWord = (column: string, word: unknown) =>
  sql<boolean>`(' ' || ${sql.ref(column)} || ' ') like ('% ' || cast(${word} as text) || ' %')`;

/** True in SQL where the row of `live` covers HEALTH and this kind of it. */
export const coversKind = (root: unknown) =>
  sql<boolean>`${hasWord('live.held', 'HEALTH')} and ${hasWord('live.grant_scope', 'HEALTH')} and ${hasWord('live.token_scope', 'HEALTH')} and ${hasWord('live.kinds', root)}`;

const findRight = prepared((db, arg: Argument<TokenQuestion>) => selectRight(db, arg));

/** The right inside a transaction that is about to write. */
export async function rightIn(db: Kysely<Database>, question: TokenQuestion): Promise<HealthRight | null> {
  const row = (await findRight(db, question))[0];
  return row === undefined ? null : rightOf(row);
}
