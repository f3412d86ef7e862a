/**
 * The console's one door to the contracts: the types of everything, and at run time only what holds no schema, so that
 * the schema library stays out of the browser.
 */
export type * from '../../contracts/console/client.ts';
export type * from '../../contracts/console/errors.ts';
export type * from '../../contracts/console/history.ts';
export type * from '../../contracts/console/notices.ts';
export type * from '../../contracts/console/operator.ts';
export type * from '../../contracts/console/preview.ts';
export type * from '../../contracts/console/review.ts';
export * from '../../contracts/console/rules/content.ts';
export * from '../../contracts/console/rules/differences.ts';
export * from '../../contracts/console/scope-words.ts';
export type * from '../../contracts/console/secrets.ts';
export type * from '../../contracts/console/session.ts';
export type * from '../../contracts/console/shapes.ts';
export * from '../../contracts/console/terms.ts';
