import type { Act } from '#audit/ports';
import { MINUTE, mintHandle, readHandle, SECOND, type UserMuid } from '#kernel';
import type { IdentityDeps } from './options.ts';
import type { Session } from './ports/index.ts';

/** A session is noted as seen at most this often (DESIGN.md, hot rows). */
const TOUCH_MS = 5 * MINUTE;

export interface LoginSessions {
  /**
   * A new session under a new id; the one that the browser had before ends with it (no fixation). Null when the user was
   * suspended or closed meanwhile. The text goes into the session cookie and is kept nowhere.
   */
  startSession(
    act: Act,
    user: UserMuid,
    replaces: string | undefined,
  ): Promise<{ text: string; maxAgeSeconds: number } | null>;
  /** The living session behind a cookie's value; null for anything else. */
  readSession(cookie: string | undefined): Promise<Session | null>;
  /** The right password was given again in this session (`checkPassword`): it counts as a login of now. */
  confirmSession(act: Act, session: Session): Promise<void>;
  /** Idempotent. */
  endSession(act: Act, cookie: string | undefined): Promise<void>;
}

export function createLoginSessions(deps: IdentityDeps): LoginSessions {
  const { sessions, clock, options } = deps;
  const read = (cookie: string | undefined) => (cookie === undefined ? null : readHandle('session', cookie));

  return {
    async startSession(act, user, replaces) {
      const handle = mintHandle('session', act.at);
      const started = await sessions.start(act, {
        handle: { lookupId: handle.lookupId, digest: handle.digest },
        user,
        expiresAt: act.at + options.sessionMs,
        replaces: read(replaces),
        // Forgiven already, when the password was found to be right.
        forgive: [],
      });
      return started === 'started'
        ? { text: handle.text, maxAgeSeconds: Math.floor(options.sessionMs / SECOND) }
        : null;
    },

    async readSession(cookie) {
      const handle = read(cookie);
      if (handle === null) return null;
      const now = clock.now();
      const session = await sessions.live(handle, now, options.sessionIdleMs);
      if (session !== null && now - session.lastSeenAt >= TOUCH_MS) {
        // Not awaited: a reader never waits for this note, and losing it ends a session early at worst.
        sessions.touch(session.lookupId, now).catch(() => undefined);
      }
      return session;
    },

    confirmSession: (act, session) => sessions.confirm(act, session.lookupId, session.user.id),

    async endSession(act, cookie) {
      const handle = read(cookie);
      if (handle !== null) await sessions.end(act, handle);
    },
  };
}
