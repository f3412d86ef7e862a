import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Environment } from '#config';
import type { Clock } from '#kernel';
import { UsageError } from '../failure.ts';

/** What a command may touch of the world around it. */
export interface Terminal {
  readonly env: Environment;
  readonly clock: Clock;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** All of standard input. */
  input(): Promise<string>;
}

/** Runs with the words after its name; the number is the exit code. Throws UsageError, Unable or ConfigError. */
export type Command = (args: readonly string[], terminal: Terminal) => Promise<number>;

/** Strict: an option that is not known, or a word too many, is an error with a sentence. */
export function readArgs<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  positionals = 0,
) {
  let parsed: ReturnType<typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true; strict: true }>>;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
  if (parsed.positionals.length > positionals)
    throw new UsageError(`Unexpected argument '${parsed.positionals[positionals]}'`);
  return parsed;
}

export function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(`${name} is needed`);
  return value;
}

/** The value as one of the words, in any case. */
export function oneOf<Word extends string>(value: string, words: readonly Word[], name: string): Word {
  const word = words.find((each) => each.toLowerCase() === value.toLowerCase());
  if (word === undefined) throw new UsageError(`${name} must be one of ${words.join(', ')}`);
  return word;
}

export const asJson = (value: object): string => `${JSON.stringify(value)}\n`;
