import { type Asker, differencesBetween, type QueueItem, type ReviewCase } from '#contracts/console';
import type { FoundUser } from '#identity';
import type { UserMuid } from '#kernel';
import { plainContent } from '../content.ts';
import type { Client, ClientRecords, Waiting } from '../ports/index.ts';
import { changedFields, clientDetail } from './client.ts';
import { clientHistory } from './history.ts';

const askerOf = (owner: FoundUser): Asker => ({
  userMuid: owner.id,
  userId: owner.loginId,
  name: owner.name,
  email: owner.email,
  joinedAt: owner.createdAt,
  clients: owner.clients,
});

/** What a reviewer decides about: what waits, against what is live. */
export async function reviewCase(
  records: ClientRecords,
  client: Client,
  who: { readonly owner: FoundUser; readonly operator: UserMuid },
  now: number,
): Promise<ReviewCase> {
  const live = client.liveVersion === null ? null : plainContent(client);
  const [detail, history, waiting] = await Promise.all([
    clientDetail(records, client, now),
    clientHistory(records, client),
    client.pendingVersion === null ? null : records.version(client.id, client.pendingVersion),
  ]);
  const proposed = waiting && {
    version: waiting.version,
    content: plainContent(waiting.content),
    contentHash: waiting.contentHash,
    submittedAt: waiting.createdAt,
  };
  return {
    client: detail,
    asker: askerOf(who.owner),
    own: client.ownerId === who.operator,
    live,
    proposed,
    differences: live && proposed ? differencesBetween(live, proposed.content) : [],
    history: history.items,
    approvedVersions: history.approvedVersions,
  };
}

/** One row of the queue; `live` is the content that a change is compared with. */
export function queueItem(waiting: Waiting, operator: UserMuid, live: Client | null): QueueItem {
  const { content, owner } = waiting;
  return {
    clientId: waiting.client,
    name: content.name,
    kind: waiting.liveVersion !== null ? 'change' : waiting.refusedBefore ? 'again' : 'new',
    submittedAt: waiting.createdAt,
    asker: { userId: owner.loginId, name: owner.name },
    scopes: content.scopes.map(({ scope }) => scope),
    methods: [...content.methods],
    changed: live === null ? [] : changedFields(live, content),
    own: owner.id === operator,
  };
}
