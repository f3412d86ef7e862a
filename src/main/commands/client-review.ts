import type { Client, DecisionProblem, ReviewAction } from '#developer';
import { asClientId, type ClientId } from '#kernel';
import { systemAct } from '../act.ts';
import { Unable, UsageError } from '../failure.ts';
import { asJson, type Command, readArgs, required } from './command.ts';
import { withInstallation } from './with-installation.ts';

/** A step of the review, taken at the terminal of the machine (`decidedBy` is nobody's account). */
export const review =
  (action: ReviewAction): Command =>
  async (args, terminal) => {
    const { values, positionals } = readArgs(
      args,
      {
        reason: { type: 'string', default: '' },
        'allow-implicit': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
      1,
    );
    const id = clientIdOf(positionals[0]);
    if (values['allow-implicit'] && action !== 'approve') throw new UsageError('--allow-implicit goes with approve');
    return withInstallation(terminal, async ({ developer }) => {
      const act = systemAct(terminal.clock.now(), 'medbiz cli');
      const decided = await developer.review(act, id, {
        action,
        decidedBy: null,
        reason: values.reason,
        ...(values['allow-implicit'] ? { allowImplicit: true } : {}),
      });
      if (!decided.ok) throw new Unable(problemSentence(decided.problem, action, await developer.find(id)));
      const { name, status } = decided.value;
      terminal.out(values.json ? asJson({ client_id: id, name, status }) : `${id} ${name}: ${status}\n`);
      return 0;
    });
  };

export function clientIdOf(text: string | undefined): ClientId {
  const id = asClientId(required(text, 'A client id'));
  if (id === null) throw new UsageError('A client id has 32 lower-case hexadecimal characters');
  return id;
}

function problemSentence(problem: DecisionProblem, action: ReviewAction, client: Client | null): string {
  switch (problem) {
    case 'unknown-client':
      return 'There is no client with this id.';
    case 'not-in-this-status':
      return `A client that is ${client?.status ?? 'gone'} can not be ${PAST[action]}.`;
    case 'own-client':
      return 'Nobody decides about a client of his or her own.';
    case 'changed-meanwhile':
      return 'The client was changed in the meantime. Look at it again.';
  }
}

const PAST: Readonly<Record<ReviewAction, string>> = {
  approve: 'approved',
  reject: 'rejected',
  suspend: 'suspended',
  reinstate: 'reinstated',
};
