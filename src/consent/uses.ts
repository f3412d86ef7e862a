import { type ClientId, MINUTE, type UserMuid } from '#kernel';
import type { ConnectionStore } from './ports/index.ts';

/** Precise enough for a person, and no hot row (DESIGN.md, hot rows). */
const NOTE_EVERY_MS = 5 * MINUTE;

/** A use of a connection, with when it was last noted, as the request that uses it read it along. */
export interface ConnectionUse {
  readonly user: UserMuid;
  readonly client: ClientId;
  readonly lastUsedAt: number | null;
}

export interface ConnectionUses {
  /** Returns at once. Writes nothing unless the last note is five minutes old, and one note at a time per connection. */
  note(use: ConnectionUse, now: number): void;
}

export function createConnectionUses(store: Pick<ConnectionStore, 'noteUse'>): ConnectionUses {
  const writing = new Set<string>();
  return {
    note({ user, client, lastUsedAt }, now) {
      if (lastUsedAt !== null && now - lastUsedAt < NOTE_EVERY_MS) return;
      const pair = `${user} ${client}`;
      if (writing.has(pair)) return;
      writing.add(pair);
      // Not awaited: no request waits for this note, and a lost one is only a later one.
      store
        .noteUse(user, client, now)
        .catch(() => undefined)
        .finally(() => writing.delete(pair));
    },
  };
}
