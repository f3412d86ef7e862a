import type { Kysely } from 'kysely';
import type { Client, ClientContent, ScopeRequest } from '#developer/ports';
import { asScope, type ClientId, OPERATOR_ALLOWANCES, type OperatorAllowance, SCOPES } from '#kernel';
import type { Database } from '../schema.ts';

/** A client beside the version that counts: the approved one, or the newest while none is approved. */
export const selectClients = (db: Kysely<Database>) =>
  db
    .selectFrom('client as c')
    .innerJoin('client_version as v', (join) =>
      join
        .onRef('v.client_id', '=', 'c.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('c.live_version', 'c.newest_version')),
    )
    .innerJoin('user_account as o', 'o.id', 'c.owner_id')
    .leftJoin('organisation as org', 'org.id', 'c.organisation_id')
    .select([
      'c.id',
      'c.owner_id',
      'c.status',
      'c.live_version',
      'c.newest_version',
      'c.pending_version',
      'c.allow_password',
      'c.allow_get_token',
      'c.allow_implicit',
      'c.allow_resource_server',
      'c.created_at',
      'c.updated_at',
      'v.version',
      'v.type',
      'v.name',
      'v.description',
      'v.require_pkce',
      'v.content_hash',
      'o.name as owner_name',
      'org.legal_name',
    ]);

export type ClientRow = Awaited<ReturnType<ReturnType<typeof selectClients>['execute']>>[number];

export type VersionLists = Pick<ClientContent, 'redirectUris' | 'methods'> & {
  readonly scopes: readonly (ScopeRequest & { readonly refused: boolean })[];
};

/** The lists of a version, which never change once written. */
export async function versionLists(db: Kysely<Database>, client: ClientId, version: number): Promise<VersionLists> {
  const found = (await manyLists(db, [{ client, version }])).get(versionKey(client, version));
  return found ?? { redirectUris: [], methods: [], scopes: [] };
}

export const versionKey = (client: ClientId, version: number): string => `${client}:${version}`;

/** The same for many versions, in three statements however many they are. */
export async function manyLists(
  db: Kysely<Database>,
  wanted: readonly { readonly client: ClientId; readonly version: number }[],
): Promise<Map<string, VersionLists>> {
  if (wanted.length === 0) return new Map();
  const clients = [...new Set(wanted.map(({ client }) => client))];
  const versions = [...new Set(wanted.map(({ version }) => version))];
  const [uris, scopes, methods] = await Promise.all([
    db
      .selectFrom('client_version_redirect_uri')
      .select(['client_id', 'version', 'uri'])
      .where('client_id', 'in', clients)
      .where('version', 'in', versions)
      .orderBy('position')
      .execute(),
    db
      .selectFrom('client_version_scope')
      .selectAll()
      .where('client_id', 'in', clients)
      .where('version', 'in', versions)
      .execute(),
    db
      .selectFrom('client_version_method')
      .selectAll()
      .where('client_id', 'in', clients)
      .where('version', 'in', versions)
      .orderBy('method')
      .execute(),
  ]);
  const [urisOf, scopesOf, methodsOf] = [byVersion(uris), byVersion(scopes), byVersion(methods)];
  return new Map(
    wanted.map(({ client, version }) => {
      const key = versionKey(client, version);
      const byScope = new Map((scopesOf.get(key) ?? []).map((row) => [asScope(row.scope), row]));
      const lists: VersionLists = {
        redirectUris: (urisOf.get(key) ?? []).map((row) => row.uri),
        methods: (methodsOf.get(key) ?? []).map((row) => row.method),
        scopes: SCOPES.flatMap((scope) => {
          const row = byScope.get(scope);
          if (row === undefined) return [];
          const { level, purpose, retention, refusal_effect: refusalEffect } = row;
          return [{ scope, level, purpose, retention, refusalEffect, refused: row.review_state === 'REFUSED' }];
        }),
      };
      return [key, lists];
    }),
  );
}

const byVersion = <Row extends { client_id: ClientId; version: number }>(rows: readonly Row[]): Map<string, Row[]> =>
  Map.groupBy(rows, (row) => versionKey(row.client_id, row.version));

/** The content of a version from its row and its lists. */
export const contentOf = (
  row: Pick<ClientRow, 'type' | 'name' | 'description' | 'require_pkce'>,
  { redirectUris, methods, scopes }: VersionLists,
): ClientContent => ({
  type: row.type,
  name: row.name,
  description: row.description,
  requirePkce: row.require_pkce === 1,
  redirectUris,
  methods,
  scopes: scopes.map(({ refused: _, ...scope }) => scope),
});

export const allowancesOf = (row: {
  allow_password: number;
  allow_get_token: number;
  allow_implicit: number;
  allow_resource_server: number;
}): OperatorAllowance[] => OPERATOR_ALLOWANCES.filter((allowance) => row[ALLOWANCE_COLUMN[allowance]] === 1);

const ALLOWANCE_COLUMN = {
  password: 'allow_password',
  'get-token': 'allow_get_token',
  implicit: 'allow_implicit',
  'resource-server': 'allow_resource_server',
} as const satisfies Record<OperatorAllowance, string>;

/** Clients from their rows, each with the content that counts. */
export async function clientsOf(db: Kysely<Database>, rows: readonly ClientRow[]): Promise<Client[]> {
  const lists = await manyLists(
    db,
    rows.map(({ id, version }) => ({ client: id, version })),
  );
  return rows.map((row) => ({
    ...contentOf(row, lists.get(versionKey(row.id, row.version)) ?? { redirectUris: [], methods: [], scopes: [] }),
    id: row.id,
    ownerId: row.owner_id,
    ownerName: row.legal_name ?? row.owner_name,
    status: row.status,
    version: row.version,
    liveVersion: row.live_version,
    pendingVersion: row.pending_version,
    newestVersion: row.newest_version,
    contentHash: row.content_hash,
    allowances: allowancesOf(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  }));
}
