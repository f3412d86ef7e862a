/**
 * The console's own API under `/api/v1`: JSON, a session cookie, `X-CSRF-Token` with every unsafe method. Times are
 * milliseconds since 1970, objects have no undeclared properties, and every text is bounded.
 */
export * from './client.ts';
export * from './endpoints.ts';
export * from './errors.ts';
export * from './history.ts';
export * from './notices.ts';
export * from './operator.ts';
export * from './pages.ts';
export * from './preview.ts';
export * from './review.ts';
export * from './rules/content.ts';
export * from './rules/differences.ts';
export * from './rules/redirect-uri.ts';
export * from './scope-words.ts';
export * from './secrets.ts';
export * from './session.ts';
export * from './shapes.ts';
export * from './terms.ts';
