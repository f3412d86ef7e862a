import type { Act } from '#audit';
import type { HttpRequest } from '#http';

const MAX_AGENT = 256;

/** Whoever holds the token: the store puts the right client and user beside it, from the token itself. */
export const actOfCall = (request: HttpRequest, at: number): Act => ({
  at,
  actor: {
    kind: 'client',
    id: null,
    ip: request.address,
    userAgent: request.header('user-agent')?.slice(0, MAX_AGENT) ?? null,
    requestId: request.id,
  },
});
