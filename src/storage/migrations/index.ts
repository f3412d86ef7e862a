import { first } from './0001-first.ts';
import { developer } from './0002-developer.ts';
import { connections } from './0003-connections.ts';
import { recovery } from './0004-recovery.ts';
import { devices } from './0005-devices.ts';
import { secondFactor } from './0006-second-factor.ts';

export interface Migration {
  /** Starts with its number; applied in this order, each once and for good. A released one never changes. */
  readonly name: string;
  /** Statements in portable SQL with `{int}`, `{bytes}`, `{strict}`, `{keyed}` (rows kept in the order of their key); may fill tables, must keep what is in them. */
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [first, developer, connections, recovery, devices, secondFactor];
