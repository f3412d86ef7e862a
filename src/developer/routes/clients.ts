import { asClientId, type Result } from '#kernel';
import type { ContentProblem } from '#contracts/console';
import type { EditProblem } from '../owning.ts';
import type { Client } from '../ports/index.ts';
import { clientDetail, clientSummaries } from '../views/client.ts';
import { clientHistory } from '../views/history.ts';
import type { Handlers } from './asked.ts';
import type { ConsoleDeps } from './deps.ts';
import { invalid, refusal } from './refuse.ts';

type Ours = Pick<
  Handlers,
  | 'listClients'
  | 'registerClient'
  | 'readClient'
  | 'editClient'
  | 'deleteClient'
  | 'readClientHistory'
  | 'withdrawChange'
  | 'rollBackClient'
>;

export function clientHandlers({ developer, clock }: ConsoleDeps): Ours {
  const { records } = developer;

  /** The client as it is after what was done to it. */
  async function after(id: Client['id']) {
    const client = await developer.find(id);
    if (client === null) throw refusal('not_found');
    return clientDetail(records, client, clock.now());
  }

  return {
    async listClients({ member }) {
      return { items: await clientSummaries(records, await developer.listOf(member.id), clock.now()) };
    },

    async registerClient({ act, member, body }) {
      const { id, secret, secretId } = valueOf(await developer.register(act, member.id, body));
      // Where the console can show it again it comes only to whoever asks for it.
      const once = developer.display === 'once' && secret !== null && secretId !== null;
      return {
        client: await after(id),
        secret: once
          ? { id: secretId, name: 'default', value: secret, createdAt: act.at, expiresAt: null, lastUsedAt: null }
          : null,
      };
    },

    readClient: ({ client }) => clientDetail(records, client, clock.now()),

    async editClient({ act, client, body }) {
      valueOf(await developer.edit(act, client, body.content, body.seen));
      return after(client.id);
    },

    async deleteClient({ act, client, body }) {
      const done = await developer.remove(act, client, body.name);
      if (done.ok) return { done: true };
      throw done.problem === 'wrong-name'
        ? invalid([{ field: 'name', problem: 'mismatch' }])
        : refusal('changed_meanwhile');
    },

    readClientHistory: ({ client }) => clientHistory(records, client),

    async withdrawChange({ act, client }) {
      valueOf(await developer.withdrawChange(act, client));
      return after(client.id);
    },

    async rollBackClient({ act, client, body }) {
      valueOf(await developer.askRollback(act, client, body.version));
      return after(client.id);
    },
  };
}

/** The value, or the refusal that stands for the problem. */
function valueOf<Value>(result: Result<Value, EditProblem | 'no-such-version'>): Value {
  if (result.ok) return result.value;
  switch (result.problem) {
    case 'changed-meanwhile':
      throw refusal('changed_meanwhile');
    case 'not-in-this-status':
      throw refusal('not_in_this_status');
    case 'no-such-version':
      throw refusal('not_found');
    default:
      throw invalid(result.problem.map(fieldProblem));
  }
}

const fieldProblem = ({ field, problem, value }: ContentProblem) => ({
  field,
  problem,
  ...(value === undefined ? {} : { value }),
});

/** The client that an operator's route names; deleted ones are for the records alone. */
export async function requireClient({ developer }: ConsoleDeps, id: string): Promise<Client> {
  const known = asClientId(id);
  const client = known === null ? null : await developer.find(known);
  if (client === null || client.status === 'DELETED') throw refusal('not_found');
  return client;
}
