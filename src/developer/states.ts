import type { ClientStatus } from '#kernel';

/** A client's status, and whether a change of it waits for a decision beside the approved version. */
export const CLIENT_STATES = [
  'PENDING',
  'REJECTED',
  'ACTIVE',
  'ACTIVE_CHANGE',
  'SUSPENDED',
  'SUSPENDED_CHANGE',
  'DELETED',
] as const;
export type ClientState = (typeof CLIENT_STATES)[number];

export const OWNER_ACTIONS = ['edit', 'narrow', 'withdraw', 'delete'] as const;
export const OPERATOR_ACTIONS = ['approve', 'reject', 'suspend', 'reinstate', 'rollback'] as const;
export type OwnerAction = (typeof OWNER_ACTIONS)[number];
export type OperatorAction = (typeof OPERATOR_ACTIONS)[number];
export type ClientAction = OwnerAction | OperatorAction;

/**
 * The life of a client, in one table: (state, action) → state. What is not in it can't be done. `docs/review-states.md`
 * shows it as a diagram and is made from it (`npm run review-states`).
 */
export const TRANSITIONS: Readonly<Record<ClientState, Readonly<Partial<Record<ClientAction, ClientState>>>>> = {
  PENDING: { edit: 'PENDING', approve: 'ACTIVE', reject: 'REJECTED', delete: 'DELETED' },
  REJECTED: { edit: 'PENDING', delete: 'DELETED' },
  ACTIVE: {
    edit: 'ACTIVE_CHANGE',
    narrow: 'ACTIVE',
    suspend: 'SUSPENDED',
    rollback: 'ACTIVE',
    delete: 'DELETED',
  },
  ACTIVE_CHANGE: {
    edit: 'ACTIVE_CHANGE',
    narrow: 'ACTIVE',
    withdraw: 'ACTIVE',
    approve: 'ACTIVE',
    reject: 'ACTIVE',
    suspend: 'SUSPENDED_CHANGE',
    rollback: 'ACTIVE_CHANGE',
    delete: 'DELETED',
  },
  // A bad version can be taken away before the client comes back.
  SUSPENDED: { reinstate: 'ACTIVE', rollback: 'SUSPENDED', delete: 'DELETED' },
  SUSPENDED_CHANGE: {
    withdraw: 'SUSPENDED',
    reinstate: 'ACTIVE_CHANGE',
    rollback: 'SUSPENDED_CHANGE',
    delete: 'DELETED',
  },
  DELETED: {},
};

/** While a client was never approved its status says that it waits; later `pendingVersion` does. */
export function stateOf(client: {
  readonly status: ClientStatus;
  readonly pendingVersion: number | null;
}): ClientState {
  const { status, pendingVersion } = client;
  const changing = pendingVersion !== null && (status === 'ACTIVE' || status === 'SUSPENDED');
  return changing ? `${status}_CHANGE` : status;
}

/** The state after the action, or null when it can't be taken in this one. */
export const stateAfter = (state: ClientState, action: ClientAction): ClientState | null =>
  TRANSITIONS[state][action] ?? null;

export const statusOf = (state: ClientState): ClientStatus => {
  if (state === 'ACTIVE_CHANGE') return 'ACTIVE';
  return state === 'SUSPENDED_CHANGE' ? 'SUSPENDED' : state;
};
