import type { ClientStatus } from '#kernel';
import type { ReviewAction } from './ports/index.ts';

/**
 * The life of a client, in one table: (status, action) → status. What is not in it can't be done.
 *
 *   PENDING   ── approve ──▶ ACTIVE ── suspend ──▶ SUSPENDED
 *      │                       ▲                       │
 *    reject                    └────── reinstate ──────┘
 *      ▼
 *   REJECTED  (an edit by its owner makes it PENDING again)
 */
const TRANSITIONS: Readonly<Record<ClientStatus, Partial<Record<ReviewAction, ClientStatus>>>> = {
  PENDING: { approve: 'ACTIVE', reject: 'REJECTED' },
  ACTIVE: { suspend: 'SUSPENDED' },
  REJECTED: {},
  SUSPENDED: { reinstate: 'ACTIVE' },
  DELETED: {},
};

/** The status after the action, or null when the action can't be taken in this status. */
export const afterReview = (status: ClientStatus, action: ReviewAction): ClientStatus | null =>
  TRANSITIONS[status][action] ?? null;
