import { readFileSync } from 'node:fs';
import { nearest } from './nearest.ts';
import { type Config, type ConfigKey, OPTIONS, type Option } from './options.ts';
import { contradictions } from './rules.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const FILE_VARIABLE = 'MEDBIZ_CONFIG_FILE';
const KEYS = Object.keys(OPTIONS) as ConfigKey[];

/** Settings that can't be used. The message has one line per problem and names no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * The settings, from the environment, then the file (JSON; `MEDBIZ_CONFIG_FILE` or `file`), then the defaults. Anything
 * unknown or wrong is fatal: a setting that is silently not applied is worse than none (ConfigError with all problems).
 */
export function loadConfig(env: Environment, file?: string): Config {
  const problems: string[] = [];
  const named = env[FILE_VARIABLE];
  const path = file ?? (named === '' ? undefined : named);
  const stored = path === undefined ? {} : readSettingsFile(path);
  const variables = new Set<string>([FILE_VARIABLE, ...KEYS.map((key) => OPTIONS[key].env)]);
  for (const name of Object.keys(env)) {
    if (name.startsWith('MEDBIZ_') && !variables.has(name))
      problems.push(unknown('environment variable', name, [...variables]));
  }
  for (const key of Object.keys(stored)) {
    if (!Object.hasOwn(OPTIONS, key)) problems.push(unknown(`key in ${path}:`, key, KEYS));
  }
  const entries = KEYS.map((key) => {
    const option: Option<unknown> = OPTIONS[key];
    const fromEnv = env[option.env];
    // An empty variable is an absent one: compose files and shells leave them behind.
    if (fromEnv !== undefined && fromEnv !== '') return [key, read(option, fromEnv, option.env, problems)] as const;
    const fromFile = Object.hasOwn(stored, key) ? stored[key] : undefined;
    if (fromFile === undefined || fromFile === null) return [key, option.default] as const;
    if (typeof fromFile !== 'string' && typeof fromFile !== 'number') {
      problems.push(`${key} in ${path} must be a string or a number.`);
      return [key, option.default] as const;
    }
    return [key, read(option, String(fromFile), `${key} in ${path}`, problems)] as const;
  });
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  // The table above gave every key a value of its option's type.
  const config = Object.freeze(Object.fromEntries(entries)) as Config;
  const contradicting = contradictions(config);
  if (contradicting.length > 0) throw new ConfigError(contradicting.join('\n'));
  return config;
}

function read(option: Option<unknown>, given: string, where: string, problems: string[]): unknown {
  const parsed = option.parse(given);
  if (parsed.ok) return parsed.value;
  problems.push(`${where} ${parsed.problem}.`);
  return option.default;
}

function unknown(what: string, name: string, names: readonly string[]): string {
  const meant = nearest(name, names);
  return `Unknown ${what} ${name}.${meant === null ? '' : ` Did you mean ${meant}?`}`;
}

function readSettingsFile(path: string): Readonly<Record<string, unknown>> {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new ConfigError(`The settings file ${path} can not be read.`);
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.fromEntries(Object.entries(value));
  } catch {
    // Said below.
  }
  throw new ConfigError(`The settings file ${path} must hold one JSON object.`);
}
