import { randomBytes } from 'node:crypto';
import type { Pending, Profile, Tokens } from './platform.ts';

export interface Entry {
  readonly at: number;
  readonly mood: Mood;
  readonly sleptHours: number | null;
  readonly text: string;
}

export const MOODS = ['good', 'so-so', 'bad'] as const;
export type Mood = (typeof MOODS)[number];

/** What the diary knows about one browser. */
export interface Session {
  language: 'ko' | 'en' | null;
  pending: Pending | null;
  login: { tokens: Tokens; readonly profile: Profile } | null;
  /** Said once, on the next page. */
  notice: Notice | null;
}

export type Notice = 'refreshed' | 'logged-out' | 'refused' | 'failed' | 'ended' | 'saved';

export interface Sessions {
  /** The session that the cookie names, or a new one with the cookie to set. */
  open(cookie: string | undefined): { session: Session; setCookie: string | null };
  /** A new name for the same session: whoever knew the old one before the login is left behind. */
  renew(session: Session): string;
  /** A person's entries, whichever browser they come with. */
  entriesOf(userMuid: string): Entry[];
}

const NAME = 'diary';
const MOST = 10_000;

export function createSessions(): Sessions {
  const sessions = new Map<string, Session>();
  const entries = new Map<string, Entry[]>();

  function name(session: Session): string {
    for (const [key, known] of sessions) if (known === session) sessions.delete(key);
    const oldest = sessions.keys().next().value;
    if (sessions.size >= MOST && oldest !== undefined) sessions.delete(oldest);
    const key = randomBytes(32).toString('base64url');
    sessions.set(key, session);
    return `${NAME}=${key}; Path=/; HttpOnly; SameSite=Lax`;
  }

  return {
    open(cookie) {
      const key = cookie
        ?.split(';')
        .map((pair) => pair.trim())
        .find((pair) => pair.startsWith(`${NAME}=`))
        ?.slice(NAME.length + 1);
      const known = key === undefined ? undefined : sessions.get(key);
      if (known !== undefined) return { session: known, setCookie: null };
      const session: Session = { language: null, pending: null, login: null, notice: null };
      return { session, setCookie: name(session) };
    },
    renew: name,
    entriesOf(userMuid) {
      const own = entries.get(userMuid) ?? [];
      entries.set(userMuid, own);
      return own;
    },
  };
}
