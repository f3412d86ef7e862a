import type { ClientHistory, HistoryEvent } from '#contracts/console';
import type { Client, ClientRecords, ClientVersion, DecisionRow } from '../ports/index.ts';
import { changedFields } from './client.ts';

/** Everything that happened to a client's content, newest first: what was submitted, and what was decided. */
export async function clientHistory(records: ClientRecords, client: Client): Promise<ClientHistory> {
  const [versions, decisions] = await Promise.all([records.versions(client.id), records.decisions(client.id)]);
  const byNumber = new Map(versions.map((version) => [version.version, version]));
  const events: HistoryEvent[] = [
    ...decisions.flatMap((decision) => decisionEvent(client, decision)),
    ...versions.map((version) => versionEvent(client, version, byNumber)),
  ];
  return {
    // A decision about a version of the same millisecond came after it; the sort keeps that order.
    items: events.toSorted((a, b) => b.at - a.at),
    approvedVersions: versions.filter(({ state }) => state === 'APPROVED').map(({ version }) => version),
  };
}

function versionEvent(client: Client, version: ClientVersion, all: ReadonlyMap<number, ClientVersion>): HistoryEvent {
  const base = version.baseVersion === null ? undefined : all.get(version.baseVersion);
  return {
    kind: 'version',
    id: `v${version.version}`,
    at: version.createdAt,
    by: version.createdBy === client.ownerId ? 'owner' : 'operator',
    version: version.version,
    state: version.state,
    live: version.version === client.liveVersion,
    changed: base === undefined ? [] : changedFields(base.content, version.content),
  };
}

/** A narrowing is told by its version, which is approved from the start: nobody decided anything. */
function decisionEvent(client: Client, decision: DecisionRow): HistoryEvent[] {
  if (decision.action === 'narrow') return [];
  return [
    {
      kind: 'decision',
      id: decision.id,
      at: decision.decidedAt,
      by: decision.decidedBy === client.ownerId ? 'owner' : 'operator',
      version: decision.version,
      action: decision.action,
      reason: decision.reason,
      scopeVerdicts: [...decision.verdicts],
    },
  ];
}
