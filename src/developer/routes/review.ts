import type { Act } from '#audit';
import type { Result, UserMuid } from '#kernel';
import type { Client } from '../ports/index.ts';
import type { DecisionProblem, VerdictProblem } from '../reviewing.ts';
import { queueItem, reviewCase } from '../views/review-case.ts';
import type { Asked, Handlers, Member } from './asked.ts';
import { requireClient } from './clients.ts';
import type { ConsoleDeps } from './deps.ts';
import { invalid, refusal } from './refuse.ts';

type Ours = Pick<
  Handlers,
  | 'readReviewQueue'
  | 'findClients'
  | 'readReviewCase'
  | 'decide'
  | 'suspendClient'
  | 'reinstateClient'
  | 'rollBackReviewed'
>;

const QUEUE = 500;
const FOUND = 100;

export function reviewHandlers(deps: ConsoleDeps): Ours {
  const { developer, identity, audit, clock } = deps;
  const { records } = developer;

  async function caseOf(client: Client, operator: UserMuid) {
    const owner = await identity.readUser(client.ownerId);
    if (owner === null) throw refusal('not_found');
    return reviewCase(records, client, { owner, operator }, clock.now());
  }

  /** What a decision answers: the case as it is now, or why not. */
  async function decided(result: Result<Client, DecisionProblem | VerdictProblem | 'no-such-version'>, member: Member) {
    if (!result.ok) throw problemRefusal(result.problem);
    return caseOf(result.value, member.id);
  }

  async function step(
    { act, member, params, body }: Asked<'suspendClient' | 'reinstateClient'>,
    action: 'suspend' | 'reinstate',
  ) {
    const client = await requireClient(deps, params.id);
    const reason = reasonOf(body.reason);
    return decided(await developer.review(act, client.id, { action, decidedBy: member.id, reason }), member);
  }

  const noteListed = (act: Act, reason: 'queue' | 'search'): Promise<void> =>
    audit.append(act, { action: 'clients.listed', outcome: 'ok', reason });

  return {
    async readReviewQueue({ act, member }) {
      const waiting = await records.waiting(QUEUE);
      await noteListed(act, 'queue');
      const live = new Map(
        (await developer.findMany(waiting.flatMap((one) => (one.liveVersion === null ? [] : [one.client])))).map(
          (client) => [client.id, client],
        ),
      );
      return { items: waiting.map((one) => queueItem(one, member.id, live.get(one.client) ?? null)) };
    },

    async findClients({ act, query }) {
      const asked = (query.query ?? '').normalize('NFC').trim();
      const found = await records.search(asked, query.status ?? null, FOUND + 1);
      await noteListed(act, 'search');
      const shown = found.slice(0, FOUND);
      const use = await records.use(
        shown.map(({ id }) => id),
        act.at,
      );
      return {
        items: shown.flatMap((client) => {
          const { id, name, status, ownerLoginId, liveVersion, pendingVersion, updatedAt } = client;
          if (status === 'DELETED') return [];
          const owner = { userId: ownerLoginId, name: client.ownerName };
          const changePending = liveVersion !== null && pendingVersion !== null;
          return [{ id, name, status, owner, connectedUsers: use.get(id)?.users ?? 0, changePending, updatedAt }];
        }),
        more: found.length > FOUND,
      };
    },

    async readReviewCase({ act, member, params }) {
      const client = await requireClient(deps, params.id);
      // The page shows the owner's name and e-mail address.
      const about = { subject: client.ownerId, client: client.id };
      await audit.append(act, { action: 'user.viewed', outcome: 'ok', ...about });
      return caseOf(client, member.id);
    },

    async decide({ act, member, params, body }) {
      const client = await requireClient(deps, params.id);
      const verdict = {
        action: body.action,
        decidedBy: member.id,
        version: body.version,
        seen: body.seen,
        reason: body.reason.trim(),
        verdicts: body.scopeVerdicts.map((one) => ({ ...one, reason: one.reason.trim() })),
        allowImplicit: body.allowImplicit,
      };
      return decided(await developer.decide(act, client.id, verdict), member);
    },

    suspendClient: (asked) => step(asked, 'suspend'),
    reinstateClient: (asked) => step(asked, 'reinstate'),

    async rollBackReviewed({ act, member, params, body }) {
      const client = await requireClient(deps, params.id);
      const rollback = { version: body.version, decidedBy: member.id, reason: '' };
      return decided(await developer.rollBack(act, client.id, rollback), member);
    },
  };
}

/** A reason is for the developer to read, so blanks are none. */
export function reasonOf(typed: string): string {
  const reason = typed.trim();
  if (reason === '') throw invalid([{ field: 'reason', problem: 'missing' }]);
  return reason;
}

function problemRefusal(problem: DecisionProblem | VerdictProblem | 'no-such-version'): Error {
  switch (problem) {
    case 'unknown-client':
    case 'no-such-version':
      return refusal('not_found');
    case 'own-client':
      return refusal('own_client');
    case 'changed-meanwhile':
      return refusal('changed_meanwhile');
    case 'not-in-this-status':
      return refusal('not_in_this_status');
    case 'reason-missing':
      return invalid([{ field: 'reason', problem: 'missing' }]);
    case 'verdict-missing':
    case 'verdict-of-no-scope':
    case 'nothing-approved':
      return invalid([{ field: 'scopeVerdicts', problem }]);
  }
}
