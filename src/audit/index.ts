/**
 * Owns: the closed list of security events and who acted. Does not own: writing them (storage does it inside the
 * transaction of what they record) or log lines for engineers (the logger of `main`).
 */
export { actBy } from './act.ts';
export * from './ports/index.ts';
