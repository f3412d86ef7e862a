import type { Act } from '#audit/ports';
import type { ClientContent, ClientStanding, ClientVersion, NewVersion } from '#developer/ports';
import { type ClientId, originOf } from '#kernel';
import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import type { Tx } from '../verb.ts';
import { contentOf, manyLists, versionKey } from './client-rows.ts';

interface VersionPlace {
  readonly client: ClientId;
  readonly version: number;
  readonly base: number | null;
  readonly state: ClientVersion['state'];
}

export async function insertVersion(
  tx: Tx,
  { at, actor }: Act,
  { client, version, base, state }: VersionPlace,
  { content, contentHash }: NewVersion,
): Promise<void> {
  const key = { client_id: client, version };
  await tx
    .insertInto('client_version')
    .values({
      ...key,
      type: content.type,
      name: content.name,
      description: content.description,
      require_pkce: content.requirePkce ? 1 : 0,
      content_hash: contentHash,
      review_state: state,
      created_at: at,
      created_by: actor.id,
      base_version: base,
    })
    .execute();
  await insertLists(tx, key, content);
}

async function insertLists(
  tx: Tx,
  key: { client_id: ClientId; version: number },
  content: ClientContent,
): Promise<void> {
  const uris = content.redirectUris.map((uri, position) => ({ ...key, position, uri, origin: originOf(uri) }));
  if (uris.length > 0) await tx.insertInto('client_version_redirect_uri').values(uris).execute();
  const scopes = content.scopes.map(({ scope, level, purpose, retention, refusalEffect }) => ({
    ...key,
    scope,
    level,
    purpose,
    retention,
    refusal_effect: refusalEffect,
    review_state: null,
  }));
  if (scopes.length > 0) await tx.insertInto('client_version_scope').values(scopes).execute();
  const methods = content.methods.map((method) => ({ ...key, method }));
  if (methods.length > 0) await tx.insertInto('client_version_method').values(methods).execute();
}

/** What becomes of the version that waited; nothing where it was decided before. */
export const setWaiting = (
  tx: Tx,
  client: ClientId,
  version: number | null,
  state: 'REPLACED' | 'WITHDRAWN',
): Promise<unknown> =>
  tx
    .updateTable('client_version')
    .set({ review_state: state })
    .where('client_id', '=', client)
    .where('version', '=', version ?? 0)
    .where('review_state', '=', 'PENDING')
    .execute();

/**
 * An UPDATE of the client's row that happens only while the client stands as it was looked at. Everything compared is in
 * this one row, so that a parallel verb that waits for its lock sees what the winner wrote.
 */
export const updateStanding = (tx: Tx, client: ClientId, standing: ClientStanding) =>
  tx
    .updateTable('client')
    .where('id', '=', client)
    .where('status', '=', standing.status)
    .where('newest_version', '=', standing.newestVersion)
    .where((eb) =>
      eb.and([
        standing.liveVersion === null ? eb('live_version', 'is', null) : eb('live_version', '=', standing.liveVersion),
        standing.pendingVersion === null
          ? eb('pending_version', 'is', null)
          : eb('pending_version', '=', standing.pendingVersion),
      ]),
    );

export const selectVersions = (db: Kysely<Database>) => db.selectFrom('client_version as v').selectAll('v');

type VersionRow = Awaited<ReturnType<ReturnType<typeof selectVersions>['execute']>>[number];

export async function versionsOf(db: Kysely<Database>, rows: readonly VersionRow[]): Promise<ClientVersion[]> {
  const lists = await manyLists(
    db,
    rows.map((row) => ({ client: row.client_id, version: row.version })),
  );
  return rows.map((row) => ({
    client: row.client_id,
    version: row.version,
    content: contentOf(
      row,
      lists.get(versionKey(row.client_id, row.version)) ?? { redirectUris: [], methods: [], scopes: [] },
    ),
    contentHash: row.content_hash,
    state: row.review_state,
    createdAt: row.created_at,
    createdBy: row.created_by as ClientVersion['createdBy'],
    baseVersion: row.base_version,
  }));
}
