import type { Act } from '#audit/ports';
import { type ContentProblem, onlyNarrows } from '#contracts/console';
import { type ClientId, newClientId, no, ok, type Result, type UserMuid } from '#kernel';
import { checkContent, contentHash, plainContent } from './content.ts';
import type { OwnedClient } from './ownership.ts';
import type { Client, ClientContent, ClientRecords, ClientStore } from './ports/index.ts';
import { makeSecret, type SecretSettings } from './secrets.ts';
import { type OwnerAction, stateAfter, stateOf, statusOf } from './states.ts';

export interface Registered {
  readonly id: ClientId;
  /** Null for spa clients, which can keep none. */
  readonly secret: string | null;
  readonly secretId: string | null;
}

/** What became of an edit. `withdrawn`: it went back to what is live, so nothing waits any more. */
export type Edited = 'unchanged' | 'waiting' | 'narrowed' | 'withdrawn';
export type OwnerProblem = 'changed-meanwhile' | 'not-in-this-status';
export type EditProblem = OwnerProblem | readonly ContentProblem[];

/** What the owner of a client does with it. */
export interface Owning {
  /** Registers a client as PENDING. */
  register(act: Act, owner: UserMuid, content: ClientContent): Promise<Result<Registered, readonly ContentProblem[]>>;
  /**
   * Before the first approval the newest version is what is reviewed next. Later an edit that only narrows goes live at
   * once and any other waits, whole, while the approved version stays live. `seen` is the hash of what was on the screen.
   */
  edit(act: Act, client: OwnedClient, content: ClientContent, seen: string): Promise<Result<Edited, EditProblem>>;
  withdrawChange(act: Act, client: OwnedClient): Promise<Result<'withdrawn', OwnerProblem>>;
  /**
   * Asks for an earlier approved version again: an edit with its content, so that what it would widen is looked at again.
   * To put it back at once is an operator's decision.
   */
  askRollback(act: Act, client: OwnedClient, version: number): Promise<Result<Edited, EditProblem | 'no-such-version'>>;
  /** `name` is typed by the owner, so that no click deletes the wrong one. */
  remove(act: Act, client: OwnedClient, name: string): Promise<Result<'removed', 'wrong-name' | 'changed-meanwhile'>>;
}

export function createOwning(deps: { clients: ClientStore & ClientRecords; secrets: SecretSettings }): Owning {
  const { clients } = deps;

  async function write(
    act: Act,
    client: Client,
    action: OwnerAction & ('edit' | 'narrow'),
    content: ClientContent,
  ): Promise<Result<Edited, OwnerProblem>> {
    const after = stateAfter(stateOf(client), action);
    if (after === null) return no('not-in-this-status');
    const how = action === 'narrow' ? 'narrow' : 'wait';
    const done = await clients.edit(act, {
      client: client.id,
      standing: standingOf(client),
      to: statusOf(after),
      how,
      content: { content, contentHash: contentHash(content) },
    });
    if (done !== 'edited') return no('changed-meanwhile');
    return ok(how === 'narrow' ? 'narrowed' : 'waiting');
  }

  async function withdraw(act: Act, client: Client): Promise<Result<'withdrawn', OwnerProblem>> {
    if (stateAfter(stateOf(client), 'withdraw') === null) return no('not-in-this-status');
    const done = await clients.withdrawChange(act, client.id, standingOf(client));
    return done === 'withdrawn' ? ok(done) : no(done);
  }

  /** The edit itself, after everything about the form was checked. */
  async function change(act: Act, client: Client, content: ClientContent, waits: string | null) {
    const hash = contentHash(content);
    if (client.liveVersion === null) {
      // A refused client may be sent again as it is: what was missing may have been elsewhere.
      if (client.status === 'PENDING' && hash === client.contentHash) return ok('unchanged' as const);
      return write(act, client, 'edit', content);
    }
    if (stateAfter(stateOf(client), 'edit') === null) return no('not-in-this-status' as const);
    if (hash === waits) return ok('unchanged' as const);
    if (hash === client.contentHash) return waits === null ? ok('unchanged' as const) : withdraw(act, client);
    const narrows = onlyNarrows(plainContent(client), plainContent(content));
    return write(act, client, narrows ? 'narrow' : 'edit', content);
  }

  const waitingHash = async (client: Client): Promise<string | null> =>
    client.liveVersion === null || client.pendingVersion === null
      ? null
      : ((await clients.version(client.id, client.pendingVersion))?.contentHash ?? null);

  return {
    async register(act, owner, input) {
      const checked = checkContent(input);
      if (!checked.ok) return checked;
      const id = newClientId();
      const content = checked.value;
      const secret = content.type === 'spa' ? null : makeSecret(id, 'default', act.at, deps.secrets);
      await clients.create(act, {
        id,
        owner,
        content: { content, contentHash: contentHash(content) },
        secret: secret?.kept ?? null,
      });
      return ok({ id, secret: secret?.value ?? null, secretId: secret?.kept.id ?? null });
    },

    async edit(act, client, input, seen) {
      const waits = await waitingHash(client);
      if (seen !== (waits ?? client.contentHash)) return no('changed-meanwhile');
      const checked = checkContent(input);
      return checked.ok ? change(act, client, checked.value, waits) : checked;
    },

    withdrawChange: withdraw,

    async askRollback(act, client, version) {
      const earlier = await clients.version(client.id, version);
      if (client.liveVersion === null || earlier?.state !== 'APPROVED') return no('no-such-version');
      // Rules may have become stricter since.
      const checked = checkContent(earlier.content);
      return checked.ok ? change(act, client, checked.value, await waitingHash(client)) : checked;
    },

    async remove(act, client, name) {
      if (name.normalize('NFC').trim() !== client.name) return no('wrong-name');
      const done = await clients.remove(act, client.id, standingOf(client));
      return done === 'removed' ? ok(done) : no(done);
    },
  };
}

export const standingOf = ({ status, liveVersion, pendingVersion, newestVersion }: Client) => ({
  status,
  liveVersion,
  pendingVersion,
  newestVersion,
});
