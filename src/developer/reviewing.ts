import type { Act } from '#audit/ports';
import { type ClientId, no, type OperatorAllowance, ok, type Result, type UserMuid } from '#kernel';
import { standingOf } from './owning.ts';
import type { Client, ClientRecords, ClientStore, ClientVersion, ScopeVerdict } from './ports/index.ts';
import { type OperatorAction, stateAfter, stateOf, statusOf } from './states.ts';

export type DecisionProblem = 'unknown-client' | 'not-in-this-status' | 'own-client' | 'changed-meanwhile';
export type VerdictProblem = 'verdict-missing' | 'verdict-of-no-scope' | 'nothing-approved' | 'reason-missing';

/** What the command line and the operator's page have in common: who steps in, and why. */
export interface Step {
  readonly action: Exclude<OperatorAction, 'rollback'>;
  /** Null on the command line of the machine, which nobody but its operator reaches. */
  readonly decidedBy: UserMuid | null;
  readonly reason: string;
  readonly allowImplicit?: boolean;
}

/** A verdict from the operator's page: about the version and the content that were looked at, scope by scope. */
export interface Verdict extends Step {
  readonly action: 'approve' | 'reject';
  readonly version: number;
  readonly seen: string;
  readonly verdicts: readonly ScopeVerdict[];
}

/** What operators do. Nobody decides about a client of their own. */
export interface Reviewing {
  /** Takes one step of the review; approving and refusing are about whatever waits. */
  review(act: Act, id: ClientId, step: Step): Promise<Result<Client, DecisionProblem>>;
  decide(act: Act, id: ClientId, verdict: Verdict): Promise<Result<Client, DecisionProblem | VerdictProblem>>;
  /** Makes any approved version live again, at once. */
  rollBack(
    act: Act,
    id: ClientId,
    rollback: { version: number; decidedBy: UserMuid | null; reason: string },
  ): Promise<Result<Client, DecisionProblem | 'no-such-version'>>;
  /** Gives or takes what only an operator may give: the legacy grants, IMPLICIT, introspection of other clients' tokens. */
  allow(
    act: Act,
    id: ClientId,
    allowance: OperatorAllowance,
    allowed: boolean,
  ): Promise<Result<Client, 'unknown-client'>>;
}

export function createReviewing({ clients }: { clients: ClientStore & ClientRecords }): Reviewing {
  /** The questions that stand before every decision: is it there, may this person, can it be done now. */
  async function about(id: ClientId, decidedBy: UserMuid | null, action: OperatorAction) {
    const client = await clients.find(id);
    if (client === null) return no('unknown-client' as const);
    if (decidedBy === client.ownerId) return no('own-client' as const);
    const after = stateAfter(stateOf(client), action);
    return after === null ? no('not-in-this-status' as const) : ok({ client, to: statusOf(after) });
  }

  async function reread(id: ClientId, done: 'decided' | 'changed-meanwhile') {
    if (done !== 'decided') return no('changed-meanwhile' as const);
    const after = await clients.find(id);
    return after === null ? no('unknown-client' as const) : ok(after);
  }

  async function settle(
    act: Act,
    { client, to }: { client: Client; to: Client['status'] },
    waiting: ClientVersion,
    step: Step & { action: 'approve' | 'reject' },
    verdicts: readonly ScopeVerdict[],
  ) {
    const done = await clients.decide(act, {
      client: client.id,
      action: step.action,
      version: waiting.version,
      contentHash: waiting.contentHash,
      from: client.status,
      to,
      decidedBy: step.decidedBy,
      reason: step.reason,
      verdicts,
      // Ticking IMPLICIT only asks for it (platform contract, section 9).
      allowImplicit:
        step.allowImplicit === undefined ? null : step.allowImplicit && waiting.content.methods.includes('IMPLICIT'),
    });
    return reread(client.id, done);
  }

  const waitingOf = async (client: Client): Promise<ClientVersion | null> =>
    client.pendingVersion === null ? null : clients.version(client.id, client.pendingVersion);

  return {
    async review(act, id, step) {
      const { action, decidedBy, reason } = step;
      const may = await about(id, decidedBy, action);
      if (!may.ok) return may;
      if (action === 'suspend' || action === 'reinstate') {
        return reread(id, await clients.suspend(act, { client: id, action, decidedBy, reason }));
      }
      const waiting = await waitingOf(may.value.client);
      return waiting === null ? no('changed-meanwhile') : settle(act, may.value, waiting, { ...step, action }, []);
    },

    async decide(act, id, verdict) {
      const may = await about(id, verdict.decidedBy, verdict.action);
      if (!may.ok) return may;
      const waiting = await waitingOf(may.value.client);
      if (waiting?.version !== verdict.version || waiting.contentHash !== verdict.seen) return no('changed-meanwhile');
      const problem = verdictProblem(waiting, verdict);
      return problem === null ? settle(act, may.value, waiting, verdict, verdict.verdicts) : no(problem);
    },

    async rollBack(act, id, { version, decidedBy, reason }) {
      const may = await about(id, decidedBy, 'rollback');
      if (!may.ok) return may;
      const { client } = may.value;
      const target = await clients.version(id, version);
      if (target?.state !== 'APPROVED' || version === client.liveVersion) return no('no-such-version');
      const standing = standingOf(client);
      return reread(id, await clients.rollBack(act, { client: id, standing, version, decidedBy, reason }));
    },

    async allow(act, id, allowance, allowed) {
      const client = await clients.find(id);
      if (client === null) return no('unknown-client');
      const others = client.allowances.filter((one) => one !== allowance);
      await clients.setAllowances(act, id, allowed ? [...others, allowance] : others);
      const after = await clients.find(id);
      return after === null ? no('unknown-client') : ok(after);
    },
  };
}

/** Every scope of the version has one verdict; approving approves something; what is refused is told why. */
function verdictProblem({ content }: ClientVersion, verdict: Verdict): VerdictProblem | null {
  const { action, reason, verdicts } = verdict;
  const judged = verdicts.map(({ scope }) => scope);
  const asked = content.scopes.map(({ scope }) => scope);
  if (new Set(judged).size !== judged.length || !judged.every((scope) => asked.includes(scope))) {
    return 'verdict-of-no-scope';
  }
  if (action === 'reject') return reason === '' ? 'reason-missing' : null;
  if (judged.length !== asked.length) return 'verdict-missing';
  const refused = verdicts.filter((one) => one.verdict === 'REFUSED');
  if (refused.length === verdicts.length) return 'nothing-approved';
  return refused.every((one) => one.reason !== '') ? null : 'reason-missing';
}
