/**
 * Owns: the edge. Listening, reading requests strictly, what every answer carries (security headers, request id,
 * cookies, CORS), and the writers that turn errors into answers. Does not own: any route, any page, any rule of the
 * protocol. The framework and `node:http` stop here.
 */
export { canonicalAddress } from './address.ts';
export { SESSION_COOKIE } from './cookies.ts';
export { type FormGuard, formToken, requireOwnForm, requireOwnRequest } from './csrf.ts';
export { createEdge, type Edge, type EdgeOptions } from './edge.ts';
export { type Listener, type ListenerOptions, openListener } from './listener.ts';
export type { Logger } from './logger.ts';
export { parseParameters } from './parameters.ts';
export { sameOriginPost } from './same-origin.ts';
export { surfaceOf } from './surface.ts';
export type * from './types.ts';
