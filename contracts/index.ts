/**
 * Request and response schemas that the server and its clients share. Each is both a runtime check and a type; OpenAPI is
 * generated from them. Field names are those of the platform contract and never change.
 */
export * from './devices.ts';
export * from './errors.ts';
export * from './health.ts';
export * from './operations.ts';
export * from './products.ts';
export * from './profile.ts';
