import type { Act } from '#audit/ports';
import type { ClientId, ClientStatus, OperatorAllowance, UserMuid } from '#kernel';
import type { Client, ClientStanding, ClientVersion, KeptSecret, NewSecret, NewVersion } from './clients.ts';
import type { Decision, DecisionNotice, DecisionRow, Rollback, Suspension, Waiting } from './review.ts';

export type * from './clients.ts';
export type * from './review.ts';

/** Every verb is one transaction with its audit row in it; of parallel calls about one standing exactly one wins. */
export interface ClientStore {
  find(id: ClientId): Promise<Client | null>;
  findMany(ids: readonly ClientId[]): Promise<Client[]>;
  /** Living ones, by name. */
  listOf(owner: UserMuid): Promise<Client[]>;
  create(
    act: Act,
    client: { id: ClientId; owner: UserMuid; content: NewVersion; secret: NewSecret | null },
  ): Promise<void>;
  /**
   * Writes a new version. `wait`: it waits for a decision, and what waited before is replaced. `narrow`: it goes live at
   * once with the verdicts of the live one, whose record of its own kind is written (DESIGN.md, Client versions), and
   * what waited is replaced.
   */
  edit(
    act: Act,
    edit: { client: ClientId; standing: ClientStanding; to: ClientStatus; how: 'wait' | 'narrow'; content: NewVersion },
  ): Promise<'edited' | 'changed-meanwhile'>;
  withdrawChange(act: Act, client: ClientId, standing: ClientStanding): Promise<'withdrawn' | 'changed-meanwhile'>;
  /** The row stays as a tombstone: grants end, secrets are dead and their values gone. */
  remove(act: Act, client: ClientId, standing: ClientStanding): Promise<'removed' | 'changed-meanwhile'>;
  /** Approving makes the version live; refusing a client that was never approved ends its owner's tokens. */
  decide(act: Act, decision: Decision): Promise<'decided' | 'changed-meanwhile'>;
  suspend(act: Act, suspension: Suspension): Promise<'decided' | 'changed-meanwhile'>;
  /** Makes a version live that was approved once. */
  rollBack(act: Act, rollback: Rollback): Promise<'decided' | 'changed-meanwhile'>;
  /** Replaces the client's allowances. */
  setAllowances(act: Act, client: ClientId, allowances: readonly OperatorAllowance[]): Promise<boolean>;
}

export interface SecretStore {
  /** Those that live at `now`, oldest first. */
  secrets(client: ClientId, now: number): Promise<KeptSecret[]>;
  /**
   * Adds one unless `most` would live. With `othersEndAt` all others end then, unless they end sooner; ended ones lose
   * their values.
   */
  addSecret(
    act: Act,
    secret: { client: ClientId; secret: NewSecret; most: number; othersEndAt: number | null },
  ): Promise<'added' | 'too-many' | 'client-gone'>;
  /** False when no such secret of the client lives. */
  endSecret(act: Act, client: ClientId, secretId: string): Promise<boolean>;
  noteSecretsShown(act: Act, client: ClientId): Promise<void>;
}

/** For pages: nothing here decides anything. */
export interface ClientRecords {
  version(client: ClientId, version: number): Promise<ClientVersion | null>;
  /** Newest first, at most 200 of each. */
  versions(client: ClientId): Promise<ClientVersion[]>;
  decisions(client: ClientId): Promise<DecisionRow[]>;
  /**
   * How many people's consent to each client lives at `now`, and when it last got a grant or used a secret (to within
   * five minutes).
   */
  use(clients: readonly ClientId[], now: number): Promise<Map<ClientId, { users: number; lastUsedAt: number | null }>>;
  /** Living clients that a person registered. */
  countOf(owner: UserMuid): Promise<number>;
  /** Oldest first. A change of a suspended client waits until the client is reinstated. */
  waiting(limit: number): Promise<Waiting[]>;
  waitingCount(): Promise<number>;
  /** Living clients whose name, id or owner the text is part of, by name. */
  search(query: string, status: ClientStatus | null, limit: number): Promise<(Client & { ownerLoginId: string })[]>;
}

export interface DecisionNotices {
  /** Newest first, at most 200. */
  noticesOf(user: UserMuid): Promise<DecisionNotice[]>;
  unread(user: UserMuid): Promise<number>;
  /** False when it is not this user's. Reading twice is reading once. */
  markRead(user: UserMuid, id: string, now: number): Promise<boolean>;
}

export type * from './products.ts';
export { PRODUCT_ACTIONS, PRODUCT_STATUSES } from './products.ts';
