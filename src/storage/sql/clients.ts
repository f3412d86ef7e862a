import type { Kysely } from 'kysely';
import type { Act, AuditAction } from '#audit/ports';
import type { ConsentClients } from '#consent/ports';
import type {
  Client,
  ClientContent,
  ClientStore,
  Decision,
  NewSecret,
  ReviewAction,
  ScopeRequest,
} from '#developer/ports';
import {
  asScope,
  type ClientId,
  newSortableId,
  OPERATOR_ALLOWANCES,
  type OperatorAllowance,
  originOf,
  SCOPES,
  type UserMuid,
} from '#kernel';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';

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

type ClientRow = Awaited<ReturnType<ReturnType<typeof selectClients>['execute']>>[number];

/** The lists of a version, which never change once written; in one statement. */
export async function versionLists(
  db: Kysely<Database>,
  client: ClientId,
  version: number,
): Promise<Pick<ClientContent, 'redirectUris' | 'methods'> & { scopes: (ScopeRequest & { refused: boolean })[] }> {
  const [uris, scopes, methods] = await Promise.all([
    db
      .selectFrom('client_version_redirect_uri')
      .select('uri')
      .where('client_id', '=', client)
      .where('version', '=', version)
      .orderBy('position')
      .execute(),
    db
      .selectFrom('client_version_scope')
      .select(['scope', 'level', 'purpose', 'retention', 'refusal_effect', 'review_state'])
      .where('client_id', '=', client)
      .where('version', '=', version)
      .execute(),
    db
      .selectFrom('client_version_method')
      .select('method')
      .where('client_id', '=', client)
      .where('version', '=', version)
      .orderBy('method')
      .execute(),
  ]);
  const byScope = new Map(scopes.map((row) => [asScope(row.scope), row]));
  return {
    redirectUris: uris.map((row) => row.uri),
    methods: methods.map((row) => row.method),
    scopes: SCOPES.flatMap((scope) => {
      const row = byScope.get(scope);
      if (row === undefined) return [];
      const { level, purpose, retention, refusal_effect: refusalEffect } = row;
      return [{ scope, level, purpose, retention, refusalEffect, refused: row.review_state === 'REFUSED' }];
    }),
  };
}

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

async function clientOf(db: Kysely<Database>, row: ClientRow): Promise<Client> {
  const { scopes, ...lists } = await versionLists(db, row.id, row.version);
  return {
    ...lists,
    scopes: scopes.map(({ refused: _, ...scope }) => scope),
    id: row.id,
    ownerId: row.owner_id,
    ownerName: row.legal_name ?? row.owner_name,
    status: row.status,
    version: row.version,
    liveVersion: row.live_version,
    newestVersion: row.newest_version,
    contentHash: row.content_hash,
    allowances: allowancesOf(row),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    type: row.type,
    name: row.name,
    description: row.description,
    requirePkce: row.require_pkce === 1,
  };
}

interface NewVersion {
  readonly client: ClientId;
  readonly version: number;
  readonly content: ClientContent;
  readonly contentHash: string;
}

async function insertVersion(
  tx: Tx,
  { at, actor }: Act,
  { client, version, content, contentHash }: NewVersion,
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
      review_state: 'PENDING',
      created_at: at,
      created_by: actor.id,
    })
    .execute();
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

type NewClient = Parameters<ClientStore['create']>[1];

const create = verb('clients.create', async (tx, { act, client }: { act: Act; client: NewClient }): Promise<void> => {
  const { id, owner, content, contentHash, secret } = client;
  await tx
    .insertInto('client')
    .values({
      id,
      owner_id: owner,
      organisation_id: null,
      status: 'PENDING',
      epoch: 1,
      live_version: null,
      newest_version: 1,
      allow_password: 0,
      allow_get_token: 0,
      allow_implicit: 0,
      allow_resource_server: 0,
      created_at: act.at,
      updated_at: act.at,
      deleted_at: null,
    })
    .execute();
  await insertVersion(tx, act, { client: id, version: 1, content, contentHash });
  await record(tx, act, { action: 'client.created', outcome: 'ok', client: id, subject: owner });
  if (secret !== null) await insertSecret(tx, act, id, secret);
});

async function insertSecret(tx: Tx, act: Act, client: ClientId, secret: NewSecret): Promise<void> {
  await tx
    .insertInto('client_secret')
    .values({
      id: secret.id,
      client_id: client,
      name: secret.name,
      digest: secret.digest,
      sealed: secret.sealed,
      key_id: secret.keyId,
      created_at: act.at,
      expires_at: null,
      last_used_at: null,
    })
    .execute();
  await record(tx, act, { action: 'client.secret-made', outcome: 'ok', client, reason: secret.name });
}

const AUDITED: Readonly<Record<ReviewAction, AuditAction>> = {
  approve: 'client.approved',
  reject: 'client.rejected',
  suspend: 'client.suspended',
  reinstate: 'client.reinstated',
};

/** Status, version and content hash are compared in the UPDATE itself: of two decisions one wins, and none is about other content. */
const decide = verb(
  'clients.decide',
  async (tx, { act, decision }: { act: Act; decision: Decision }): Promise<'decided' | 'changed-meanwhile'> => {
    const { client, version, action, from, to, refusedScopes } = decision;
    const ends = action === 'suspend' || action === 'reject';
    const decided = await tx
      .updateTable('client')
      .set((eb) => ({
        status: to,
        updated_at: act.at,
        epoch: ends ? eb('epoch', '+', 1) : eb.ref('epoch'),
        live_version: action === 'approve' ? version : eb.ref('live_version'),
      }))
      .where('id', '=', client)
      .where('status', '=', from)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('client_version as v')
            .select('v.version')
            .where('v.client_id', '=', client)
            .where('v.version', '=', version)
            .where('v.content_hash', '=', decision.contentHash),
        ),
      )
      .executeTakeFirst();
    if (decided.numUpdatedRows === 0n) return 'changed-meanwhile';
    const id = newSortableId(act.at);
    await tx
      .insertInto('review_decision')
      .values({
        id,
        client_id: client,
        version,
        content_hash: decision.contentHash,
        action,
        from_status: from,
        to_status: to,
        decided_by: decision.decidedBy,
        decided_at: act.at,
        reason: decision.reason,
      })
      .execute();
    if (action === 'approve' || action === 'reject') {
      await tx
        .updateTable('client_version')
        .set({ review_state: action === 'approve' ? 'APPROVED' : 'REJECTED' })
        .where('client_id', '=', client)
        .where('version', '=', version)
        .execute();
    }
    if (action === 'approve') await writeVerdicts(tx, id, client, version, refusedScopes);
    await record(tx, act, { action: AUDITED[action], outcome: 'ok', client, reason: decision.reason || null });
    return 'decided';
  },
);

async function writeVerdicts(
  tx: Tx,
  decision: string,
  client: ClientId,
  version: number,
  refused: Decision['refusedScopes'],
): Promise<void> {
  const { scopes } = await versionLists(tx, client, version);
  for (const { scope } of scopes) {
    const against = refused.find((one) => one.scope === scope);
    const verdict = against === undefined ? 'APPROVED' : 'REFUSED';
    await tx
      .insertInto('review_verdict')
      .values({ decision_id: decision, scope, verdict, reason: against?.reason ?? '' })
      .execute();
    await tx
      .updateTable('client_version_scope')
      .set({ review_state: verdict })
      .where('client_id', '=', client)
      .where('version', '=', version)
      .where('scope', '=', scope)
      .execute();
  }
}

type Allowing = { act: Act; client: ClientId; allowances: readonly OperatorAllowance[] };

const setAllowances = verb(
  'clients.setAllowances',
  async (tx, { act, client, allowances }: Allowing): Promise<boolean> => {
    const flag = (allowance: OperatorAllowance): number => (allowances.includes(allowance) ? 1 : 0);
    const before = await tx.selectFrom('client').selectAll().where('id', '=', client).executeTakeFirst();
    const changed = await tx
      .updateTable('client')
      .set({
        allow_password: flag('password'),
        allow_get_token: flag('get-token'),
        allow_implicit: flag('implicit'),
        allow_resource_server: flag('resource-server'),
        updated_at: act.at,
      })
      .where('id', '=', client)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n || before === undefined) return false;
    const had = allowancesOf(before);
    for (const reason of OPERATOR_ALLOWANCES) {
      if (had.includes(reason) === allowances.includes(reason)) continue;
      const action = had.includes(reason) ? 'client.disallowed' : 'client.allowed';
      await record(tx, act, { action, outcome: 'ok', client, reason });
    }
    return true;
  },
);

export function clientStore({ read, run }: Engine): ClientStore & ConsentClients & { all(): Promise<Client[]> } {
  const many = async (rows: readonly ClientRow[]): Promise<Client[]> =>
    Promise.all(rows.map((row) => clientOf(read, row)));

  return {
    async find(id) {
      const row = await selectClients(read).where('c.id', '=', id).executeTakeFirst();
      return row === undefined ? null : clientOf(read, row);
    },

    listOf: async (owner: UserMuid) =>
      many(
        await selectClients(read)
          .where('c.owner_id', '=', owner)
          .where('c.status', '!=', 'DELETED')
          .orderBy('c.created_at')
          .orderBy('c.id')
          .execute(),
      ),

    all: async () => many(await selectClients(read).orderBy('c.created_at').orderBy('c.id').execute()),

    async secrets(client, now) {
      const rows = await read
        .selectFrom('client_secret')
        .selectAll()
        .where('client_id', '=', client)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        sealed: row.sealed,
        keyId: row.key_id,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at,
      }));
    },

    create: (act, client) => run(create, { act, client }),
    decide: (act, decision) => run(decide, { act, decision }),
    setAllowances: (act, client, allowances) => run(setAllowances, { act, client, allowances }),
  };
}
