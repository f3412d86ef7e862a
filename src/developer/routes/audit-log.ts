import { AUDIT_ACTIONS, type AuditFilter, type NamedAuditRow } from '#audit';
import type { AuditEntry, AuditFilter as AskedFilter } from '#contracts/console';
import { asClientId, asUserMuid } from '#kernel';
import type { Handlers } from './asked.ts';
import { csvOf } from './csv.ts';
import type { ConsoleDeps } from './deps.ts';

const PAGE = 100;
/** A file that a spreadsheet still opens; what is older is asked for with an earlier `to`. */
const EXPORT = 10_000;

export function auditHandlers({ audit, identity }: ConsoleDeps): Pick<Handlers, 'readAudit' | 'exportAudit'> {
  /** Null where the filter names something that does not exist: then nothing is found. */
  async function filterOf(asked: AskedFilter): Promise<Omit<AuditFilter, 'limit'> | null> {
    const { subject, client, action, from, to } = asked;
    const user =
      subject === undefined
        ? undefined
        : (asUserMuid(subject) ?? (await identity.userByLoginId(subject.trim()))?.id ?? null);
    const known = action === undefined ? undefined : AUDIT_ACTIONS.find((one) => one === action);
    if (user === null || (action !== undefined && known === undefined)) return null;
    const clientId = client === undefined ? null : asClientId(client);
    return {
      ...(user === undefined ? {} : { subject: user }),
      ...(clientId === null ? {} : { client: clientId }),
      ...(known === undefined ? {} : { action: known }),
      ...(from === undefined ? {} : { from: Number(from) }),
      ...(to === undefined ? {} : { to: Number(to) }),
    };
  }

  return {
    async readAudit({ act, query }) {
      const filter = await filterOf(query);
      // To ask for one person's rows is to look at that person.
      if (filter?.subject !== undefined) {
        await audit.append(act, { action: 'user.viewed', outcome: 'ok', subject: filter.subject, reason: 'audit log' });
      }
      const before = query.before === undefined ? {} : { before: query.before };
      const rows = filter === null ? [] : await audit.search({ ...filter, ...before, limit: PAGE + 1 });
      return {
        items: rows.slice(0, PAGE).map(entryOf),
        next: rows.length > PAGE ? (rows[PAGE - 1]?.id ?? null) : null,
        actions: [...AUDIT_ACTIONS],
      };
    },

    async exportAudit({ act, query }) {
      const filter = await filterOf(query);
      const subject = filter?.subject === undefined ? {} : { subject: filter.subject };
      await audit.append(act, { action: 'audit.exported', outcome: 'ok', ...subject });
      const rows = filter === null ? [] : await audit.search({ ...filter, limit: EXPORT + 1 });
      const lines = rows.slice(0, EXPORT).map((row) => cellsOf(entryOf(row)));
      const cut = rows.length > EXPORT ? [['There are older rows: ask for them with an earlier end.']] : [];
      return csvOf([COLUMNS, ...lines, ...cut]);
    },
  };
}

function entryOf(row: NamedAuditRow): AuditEntry {
  const { id, at, action, outcome, actor, reason } = row;
  return {
    id,
    at,
    action,
    outcome,
    actor: { kind: actor.kind, id: actor.id, name: row.actorName },
    subject: row.subjectRef === null ? null : { id: row.subject ?? row.subjectRef, name: row.subjectName },
    client: row.client == null ? null : { id: row.client, name: row.clientName },
    ip: actor.ip,
    userAgent: actor.userAgent,
    requestId: actor.requestId,
    reason: reason ?? null,
    sealed: row.sequence !== null,
  };
}

const COLUMNS = [
  'id',
  'time',
  'action',
  'outcome',
  'actor kind',
  'actor id',
  'actor',
  'subject id',
  'subject',
  'client id',
  'client',
  'address',
  'user agent',
  'request',
  'reason',
  'sealed',
];

const cellsOf = (entry: AuditEntry): string[] => [
  entry.id,
  new Date(entry.at).toISOString(),
  entry.action,
  entry.outcome,
  entry.actor.kind,
  entry.actor.id ?? '',
  entry.actor.name ?? '',
  entry.subject?.id ?? '',
  entry.subject?.name ?? '',
  entry.client?.id ?? '',
  entry.client?.name ?? '',
  entry.ip ?? '',
  entry.userAgent ?? '',
  entry.requestId ?? '',
  entry.reason ?? '',
  String(entry.sealed),
];
