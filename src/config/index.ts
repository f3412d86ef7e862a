/**
 * Owns: every setting: its name, default, check and sentence, in one table; reading them from the environment and a
 * file; what must not stand together and what is insecure. Does not own: what the settings do. Nothing else reads
 * `process.env`.
 */
export { ConfigError, type Environment, loadConfig } from './load.ts';
export type { Config, ConfigKey } from './options.ts';
export { referencePage, shownConfig } from './reference.ts';
export { insecureWarnings, isLoopback, publicUrlOf, type Warning } from './rules.ts';
