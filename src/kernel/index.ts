/**
 * Owns: what every module may rely on without asking anybody: errors, branded ids, the clock, scopes, hashing, sealing,
 * bearer handles, what an e-mail address is. Does not own: any I/O, any dependency, any state. Under 1,000 lines, checked.
 */
export * from './brand.ts';
export * from './client-terms.ts';
export * from './clock.ts';
export * from './console-error.ts';
export * from './email.ts';
export * from './errors.ts';
export * from './handle.ts';
export * from './hash.ts';
export * from './ids.ts';
export * from './origin.ts';
export * from './result.ts';
export * from './roles.ts';
export * from './scopes.ts';
export * from './seal.ts';
export * from './units.ts';
