import { first } from './0001-first.ts';
import { developer } from './0002-developer.ts';
import { connections } from './0003-connections.ts';
import { recovery } from './0004-recovery.ts';

export interface Migration {
  /** Starts with its number; applied in this order, each once and for good. A released one never changes. */
  readonly name: string;
  /** Statements in portable SQL with `{int}`, `{bytes}`, `{strict}`; may fill tables, must keep what is in them. */
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [first, developer, connections, recovery];
