import { type Act, actBy } from '#audit';
import type { HttpRequest } from '#http';

/** A request whose maker is not known yet; endpoints put the client in once it is proven. */
export const actOfRequest = (request: HttpRequest, at: number): Act => actBy(request, at, { kind: 'nobody', id: null });

/** What the machine does by itself, or at the hand of whoever holds its terminal. */
export const systemAct = (at: number, agent: 'medbiz' | 'medbiz cli' = 'medbiz'): Act => ({
  at,
  actor: { kind: 'system', id: null, ip: null, userAgent: agent, requestId: null },
});
