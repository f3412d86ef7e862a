import type { Connection, ConnectionStore, ConsentEvent, Held } from '#consent/ports';
import { asScope, type ClientId, MINUTE, SCOPES, type UserMuid } from '#kernel';
import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { verb } from '../verb.ts';
import { selectClients } from './client-rows.ts';
import { readKinds, readNotice } from './consent-rows.ts';

const NOTE_EVERY = 5 * MINUTE;

/** Conditional, so that however many processes ask, one writes. */
const noteUse = verb(
  'connections.noteUse',
  async (tx, { user, client, now }: { user: UserMuid; client: ClientId; now: number }): Promise<void> => {
    await tx
      .updateTable('connection')
      .set({ last_used_at: now })
      .where('user_id', '=', user)
      .where('client_id', '=', client)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', now - NOTE_EVERY)]))
      .execute();
  },
);

const selectConnections = (db: Kysely<Database>, user: UserMuid) =>
  selectClients(db)
    .innerJoin('connection as n', (join) => join.onRef('n.client_id', '=', 'c.id').on('n.user_id', '=', user))
    .select(['n.connected_at', 'n.last_used_at'])
    .orderBy('n.connected_at', 'desc')
    .orderBy('c.id');

const NOTICE_COLUMNS = [
  't.id',
  't.locale',
  't.required',
  't.recipient',
  't.purpose',
  't.items',
  't.retention',
  't.refusal_effect',
  't.terms',
  't.wording',
] as const;

/** What is given at `now`, each with the notice of the event that gave it. */
const selectHeld = (db: Kysely<Database>, user: UserMuid, now: number) =>
  db
    .selectFrom('consent_item as k')
    .innerJoin('consent_event as e', 'e.id', 'k.event_id')
    .leftJoin('notice as t', 't.id', 'e.notice_id')
    .select(['k.client_id', 'k.scope', 'k.kinds', 'k.since', 'k.expires_at'])
    .select(NOTICE_COLUMNS)
    .where('k.user_id', '=', user)
    .where('k.state', '=', 'GIVEN')
    .where((eb) => eb.or([eb('k.expires_at', 'is', null), eb('k.expires_at', '>', now)]));

type ConnectionRow = Awaited<ReturnType<ReturnType<typeof selectConnections>['execute']>>[number];
type HeldRow = Awaited<ReturnType<ReturnType<typeof selectHeld>['execute']>>[number];

function heldOf(rows: readonly HeldRow[]): Held[] {
  const held = rows.flatMap((row): Held[] => {
    const scope = asScope(row.scope);
    if (scope === null) return [];
    const notice = readNotice({ ...row, scope });
    return [{ scope, kinds: readKinds(row.kinds), since: row.since, expiresAt: row.expires_at, notice }];
  });
  return SCOPES.flatMap((scope) => held.filter((one) => one.scope === scope));
}

const connectionOf = (row: ConnectionRow, held: readonly HeldRow[]): Connection => ({
  client: row.id,
  name: row.name,
  ownerName: row.legal_name ?? row.owner_name,
  status: row.status,
  connectedAt: row.connected_at,
  lastUsedAt: row.last_used_at,
  held: heldOf(held.filter(({ client_id: client }) => client === row.id)),
});

/** The user's own record. The client's name is the one it has now: notices name who received, and that never changes. */
const selectEvents = (db: Kysely<Database>, user: UserMuid) =>
  db
    .selectFrom('consent_event as e')
    .innerJoin('client as c', 'c.id', 'e.client_id')
    .innerJoin('client_version as v', (join) =>
      join
        .onRef('v.client_id', '=', 'c.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('c.live_version', 'c.newest_version')),
    )
    .leftJoin('notice as t', 't.id', 'e.notice_id')
    .select([
      'e.id as event_id',
      'e.at',
      'e.client_id',
      'e.scope',
      'e.action',
      'e.basis',
      'e.kinds',
      'e.expires_at',
      'e.actor',
      'e.ip',
      'e.user_agent',
      'e.request_id',
      'v.name',
    ])
    .select(NOTICE_COLUMNS)
    .where('e.user_id', '=', user);

type EventRow = Awaited<ReturnType<ReturnType<typeof selectEvents>['execute']>>[number];

function eventOf(row: EventRow): ConsentEvent[] {
  const scope = asScope(row.scope);
  if (scope === null) return [];
  return [
    {
      id: row.event_id,
      at: row.at,
      client: row.client_id,
      clientName: row.name,
      scope,
      action: row.action,
      basis: row.basis,
      kinds: readKinds(row.kinds),
      expiresAt: row.expires_at,
      notice: readNotice({ ...row, scope }),
      actor: {
        kind: row.actor as ConsentEvent['actor']['kind'],
        ip: row.ip,
        userAgent: row.user_agent,
        requestId: row.request_id,
      },
    },
  ];
}

export const connectionStore = ({ read, run }: Engine): ConnectionStore => ({
  async list(user, now) {
    const held = await selectHeld(read, user, now).execute();
    const ids = [...new Set(held.map((row) => row.client_id))];
    if (ids.length === 0) return [];
    const rows = await selectConnections(read, user).where('c.id', 'in', ids).execute();
    return rows.map((row) => connectionOf(row, held));
  },

  async find(user, client, now) {
    const [row, held] = await Promise.all([
      selectConnections(read, user).where('c.id', '=', client).executeTakeFirst(),
      selectHeld(read, user, now).where('k.client_id', '=', client).execute(),
    ]);
    return row === undefined ? null : connectionOf(row, held);
  },

  async events(user, { client, before, most }) {
    let query = selectEvents(read, user);
    if (client !== null) query = query.where('e.client_id', '=', client);
    if (before !== null) query = query.where('e.id', '<', before);
    return (await query.orderBy('e.id', 'desc').limit(most).execute()).flatMap(eventOf);
  },

  noteUse: (user, client, now) => run(noteUse, { user, client, now }),
});
