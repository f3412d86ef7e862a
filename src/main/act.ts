import type { Act } from '#audit';
import type { HttpRequest } from '#http';

const MAX_AGENT = 256;

/** A request whose maker is not known yet; endpoints put the client in once it is proven. */
export const actOfRequest = (request: HttpRequest, at: number): Act => ({
  at,
  actor: {
    kind: 'nobody',
    id: null,
    ip: request.address,
    userAgent: request.header('user-agent')?.slice(0, MAX_AGENT) ?? null,
    requestId: request.id,
  },
});

/** What the machine does by itself, or at the hand of whoever holds its terminal. */
export const systemAct = (at: number, agent: 'medbiz' | 'medbiz cli' = 'medbiz'): Act => ({
  at,
  actor: { kind: 'system', id: null, ip: null, userAgent: agent, requestId: null },
});
