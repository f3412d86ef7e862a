/**
 * Owns: putting the parts together: settings → database and keys → modules → edge → jobs, and the command line. Does
 * not own: any rule of the parts. The only place with a system clock.
 */
export { type App, type AppOptions, startApp } from './app.ts';
export { createLogger } from './logger.ts';
export type { Modules } from './modules.ts';
