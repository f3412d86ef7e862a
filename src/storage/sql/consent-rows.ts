import type { Act } from '#audit/ports';
import { HEALTH_KINDS, type HealthKind, type Notice } from '#consent/ports';
import { type ClientId, newSortableId, type UserMuid } from '#kernel';
import type { Selectable } from 'kysely';
import type { Database } from '../schema.ts';
import type { Tx } from '../verb.ts';

/** What every consent belongs to. */
export interface Pair {
  readonly user: UserMuid;
  readonly client: ClientId;
}

/** What the platform's own service holds without a page stands under these terms; no page's terms are ever equal to them. */
export const OWN_SERVICE_TERMS = 'own-service';

type EventRow = Database['consent_event'];
type NewEvent = Pick<EventRow, 'scope' | 'action' | 'basis' | 'notice_id' | 'kinds' | 'expires_at' | 'ticket_id'>;

export async function appendEvent(
  tx: Tx,
  { at, actor }: Act,
  { user, client }: Pair,
  event: NewEvent,
): Promise<string> {
  const id = newSortableId(at);
  await tx
    .insertInto('consent_event')
    .values({
      id,
      at,
      user_id: user,
      client_id: client,
      ...event,
      actor: actor.kind,
      ip: actor.ip,
      user_agent: actor.userAgent,
      request_id: actor.requestId,
    })
    .execute();
  return id;
}

/** What is given and has not expired at `at`, whether the sweep has been there or not. */
export const givenItems = (tx: Tx, { user, client }: Pair, at: number) =>
  tx
    .selectFrom('consent_item')
    .selectAll()
    .where('user_id', '=', user)
    .where('client_id', '=', client)
    .where('state', '=', 'GIVEN')
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]))
    .execute();

export type ItemRow = Selectable<Database['consent_item']>;

export const basisOf = ({ scope, terms }: Pick<ItemRow, 'scope' | 'terms'>): EventRow['basis'] => {
  if (terms === OWN_SERVICE_TERMS) return 'OWN_SERVICE';
  return scope === 'HEALTH' ? 'SENSITIVE' : 'THIRD_PARTY';
};

export function readKinds(stored: string): HealthKind[] {
  const kinds = new Set(stored.split(' '));
  return HEALTH_KINDS.filter((kind) => kinds.has(kind));
}

/** A notice as it was kept, or null where the row has none (a left join). */
export function readNotice(
  row: {
    readonly [Column in Exclude<keyof Database['notice'], 'client_id' | 'scope' | 'created_at'>]:
      | Database['notice'][Column]
      | null;
  } & { readonly scope: Notice['scope'] },
): (Notice & { readonly id: string }) | null {
  if (row.id === null) return null;
  return {
    id: row.id,
    scope: row.scope,
    locale: row.locale === 'en' ? 'en' : 'ko',
    required: row.required === 1,
    recipient: row.recipient ?? '',
    purpose: row.purpose ?? '',
    items: JSON.parse(row.items ?? '[]') as string[],
    retention: row.retention ?? '',
    refusalEffect: row.refusal_effect ?? '',
    terms: row.terms ?? '',
    wording: row.wording ?? '',
  };
}
