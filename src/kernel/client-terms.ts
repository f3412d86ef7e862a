/** Words of the client aggregate that the protocol, the console and storage share. */

export const CLIENT_STATUSES = ['PENDING', 'ACTIVE', 'REJECTED', 'SUSPENDED', 'DELETED'] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];

/** Web clients keep a secret on a server; native and spa clients are public (RFC 6749 §2.1, RFC 8252 §8.4). */
export const CLIENT_TYPES = ['web', 'native', 'spa'] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

/** The contract's AUTH METHODS. */
export const CLIENT_METHODS = ['AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN'] as const;
export type ClientMethod = (typeof CLIENT_METHODS)[number];

/** Whether a login works without this scope. */
export const SCOPE_LEVELS = ['REQUIRED', 'OPTIONAL'] as const;
export type ScopeLevel = (typeof SCOPE_LEVELS)[number];

/** Legacy ways and powers that only an operator gives, per client. */
export const OPERATOR_ALLOWANCES = ['password', 'get-token', 'implicit', 'resource-server'] as const;
export type OperatorAllowance = (typeof OPERATOR_ALLOWANCES)[number];
