import {
  CONTENT_FIELDS,
  type ClientDetail,
  type ClientSummary,
  type ContentField,
  differencesBetween,
  type PendingChange,
} from '#contracts/console';
import { contentWarnings, plainContent } from '../content.ts';
import type { Client, ClientContent, ClientRecords, ClientVersion, DecisionRow, ScopeVerdict } from '../ports/index.ts';

/** The fields that differ, each once, in the form's order. */
export function changedFields(before: ClientContent, after: ClientContent): ContentField[] {
  const found = new Set(differencesBetween(plainContent(before), plainContent(after)).map(({ field }) => field));
  return CONTENT_FIELDS.filter((field) => found.has(field));
}

/** The version that waits beside a live one, or null. */
export const pendingOf = async (records: ClientRecords, client: Client): Promise<ClientVersion | null> =>
  client.liveVersion === null || client.pendingVersion === null
    ? null
    : records.version(client.id, client.pendingVersion);

/** What the reviewer said of each scope of the version that is shown. */
const verdictsOn = (decisions: readonly DecisionRow[], version: number): ScopeVerdict[] => [
  ...(decisions.find((one) => one.version === version && one.verdicts.length > 0)?.verdicts ?? []),
];

const changeOf = (client: Client, pending: ClientVersion): PendingChange => ({
  version: pending.version,
  content: plainContent(pending.content),
  contentHash: pending.contentHash,
  submittedAt: pending.createdAt,
  changed: changedFields(client, pending.content),
});

/** A deleted client is shown to nobody; whoever could ask was answered "not found" before. */
const shownStatus = ({ status }: Client): ClientDetail['status'] => {
  if (status === 'DELETED') throw new Error('A deleted client is not shown.');
  return status;
};

/** A client as its owner sees it. */
export async function clientDetail(records: ClientRecords, client: Client, now: number): Promise<ClientDetail> {
  const [pending, decisions, use] = await Promise.all([
    pendingOf(records, client),
    records.decisions(client.id),
    records.use([client.id], now),
  ]);
  const last = decisions.find(({ action }) => action !== 'narrow');
  return {
    id: client.id,
    ...plainContent(client),
    status: shownStatus(client),
    createdAt: client.createdAt,
    updatedAt: client.updatedAt,
    version: client.version,
    liveVersion: client.liveVersion,
    newestVersion: client.newestVersion,
    contentHash: client.contentHash,
    pending: pending === null ? null : changeOf(client, pending),
    lastDecision:
      last === undefined || last.action === 'narrow'
        ? null
        : { action: last.action, version: last.version, reason: last.reason, decidedAt: last.decidedAt },
    scopeVerdicts: verdictsOn(decisions, client.version),
    allowances: [...client.allowances],
    connectedUsers: use.get(client.id)?.users ?? 0,
    warnings: [...contentWarnings(client)],
  };
}

export async function clientSummaries(
  records: ClientRecords,
  clients: readonly Client[],
  now: number,
): Promise<ClientSummary[]> {
  const use = await records.use(
    clients.map(({ id }) => id),
    now,
  );
  return clients.map((client) => ({
    id: client.id,
    name: client.name,
    description: client.description,
    status: shownStatus(client),
    type: client.type,
    changePending: client.liveVersion !== null && client.pendingVersion !== null,
    updatedAt: client.updatedAt,
    lastUsedAt: use.get(client.id)?.lastUsedAt ?? null,
  }));
}
