/**
 * The words and bounds that the console and the server share, without any schema, so that a browser may load them. A
 * test holds them to the kernel's own lists.
 */

export const SCOPES = [
  'PROFILE',
  'DRIVE',
  'DRIVE_READONLY',
  'DEVICE',
  'APPLICATION',
  'GROUP',
  'GROUP_PROFILE',
  'HEALTH',
] as const;
export type ScopeName = (typeof SCOPES)[number];

export const CLIENT_TYPES = ['web', 'native', 'spa'] as const;
export type ClientType = (typeof CLIENT_TYPES)[number];

export const CLIENT_METHODS = ['AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN'] as const;
export type ClientMethod = (typeof CLIENT_METHODS)[number];

/** What a person may be shown; deleted clients are rows that nobody sees here. */
export const CLIENT_STATUSES = ['PENDING', 'ACTIVE', 'REJECTED', 'SUSPENDED'] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];

export const SCOPE_LEVELS = ['REQUIRED', 'OPTIONAL'] as const;
export type ScopeLevel = (typeof SCOPE_LEVELS)[number];

export const ALLOWANCES = ['password', 'get-token', 'implicit', 'resource-server'] as const;
export type Allowance = (typeof ALLOWANCES)[number];

export const ROLES = ['user', 'developer', 'operator'] as const;
export type Role = (typeof ROLES)[number];

export const LOCALES = ['ko', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

export const WARNINGS = ['no-profile', 'no-authorization-code', 'implicit'] as const;
export type Warning = (typeof WARNINGS)[number];

/** What may differ between two versions; `level`, `purpose`, `retention` and `refusalEffect` belong to one scope. */
export const CONTENT_FIELDS = [
  'name',
  'description',
  'scopes',
  'methods',
  'redirectUris',
  'type',
  'requirePkce',
  'level',
  'purpose',
  'retention',
  'refusalEffect',
] as const;
export type ContentField = (typeof CONTENT_FIELDS)[number];

/** In characters as people count them (code points), except `redirectUri`, which is in ASCII characters. */
export const LIMITS = {
  name: 64,
  description: 255,
  redirectUris: 20,
  redirectUri: 2048,
  notice: 500,
  reason: 1000,
  secretName: 40,
  secrets: 5,
  overlapHours: 720,
  password: 1024,
  query: 100,
} as const;

/** What `error` says in an answer of this API. */
export const CONSOLE_ERRORS = [
  'invalid_request',
  'login_required',
  'login_again',
  'wrong_password',
  'forged_request',
  'not_allowed',
  'not_a_developer',
  'own_client',
  'not_found',
  'method_not_allowed',
  'conflict',
  'changed_meanwhile',
  'not_in_this_status',
  'too_many_secrets',
  'last_operator',
  'payload_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'server_error',
  'unavailable',
] as const;
export type ConsoleErrorName = (typeof CONSOLE_ERRORS)[number];
