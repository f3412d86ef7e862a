import type { Act } from '#audit/ports';
import { MINUTE, mintHandle, type PresentedHandle, readHandle, SECOND, type UserMuid } from '#kernel';
import type { IdentityDeps } from './options.ts';
import type { ListedSession, Session } from './ports/index.ts';

/** A session is noted as seen at most this often (DESIGN.md, hot rows). */
const TOUCH_MS = 5 * MINUTE;
/** A login so recent that its session may change how the person logs in, and what is held. */
export const FRESH_MS = 10 * MINUTE;

/** The text goes into a cookie and is kept nowhere. */
export interface SessionCookie {
  readonly text: string;
  readonly maxAgeSeconds: number;
}

export interface LoginSessions {
  /**
   * The living session behind a cookie's value; null for anything else, and for an operator's without a second factor
   * where operators must have one (안전성 확보조치 기준 제6조제2항).
   */
  readSession(cookie: string | undefined): Promise<Session | null>;
  /** The right password was given again in this session (`checkPassword`): it counts as a login of now. */
  confirmSession(act: Act, session: Session): Promise<void>;
  /**
   * Whether the whole login, every step of it, was made within the last ten minutes (ASVS 7.5.1). A password that was
   * given again in the session does not count: it is no second factor.
   */
  isFresh(session: Session): boolean;
  /** Idempotent. */
  endSession(act: Act, cookie: string | undefined): Promise<void>;
  /** The one seen last first. */
  listSessions(user: UserMuid): Promise<ListedSession[]>;
  /** False when the user has no such session. */
  endOneSession(act: Act, user: UserMuid, lookupId: string): Promise<boolean>;
  /** Returns how many it ended. */
  endOtherSessions(act: Act, user: UserMuid, keep: string): Promise<number>;
}

/** A new session's row and its cookie: always a new id, so nothing that was known before a login is worth anything after. */
export function mintSession(
  { at }: Act,
  options: { sessionMs: number },
): { row: { handle: PresentedHandle; expiresAt: number }; cookie: SessionCookie } {
  const { text, lookupId, digest } = mintHandle('session', at);
  return {
    row: { handle: { lookupId, digest }, expiresAt: at + options.sessionMs },
    cookie: { text, maxAgeSeconds: Math.floor(options.sessionMs / SECOND) },
  };
}

export function createLoginSessions(deps: IdentityDeps): LoginSessions {
  const { sessions, clock, options } = deps;
  const read = (cookie: string | undefined) => (cookie === undefined ? null : readHandle('session', cookie));
  const isHalf = ({ user, methods }: Session): boolean =>
    options.operatorSecondFactor === 'required' &&
    user.roles.includes('operator') &&
    methods.every((method) => method === 'password');

  return {
    async readSession(cookie) {
      const handle = read(cookie);
      if (handle === null) return null;
      const now = clock.now();
      const session = await sessions.live(handle, now, options.sessionIdleMs);
      if (session === null || isHalf(session)) return null;
      if (now - session.lastSeenAt >= TOUCH_MS) {
        // Not awaited: a reader never waits for this note, and losing it ends a session early at worst.
        sessions.touch(session.lookupId, now).catch(() => undefined);
      }
      return session;
    },

    confirmSession: (act, session) => sessions.confirm(act, session.lookupId, session.user.id),
    isFresh: ({ createdAt }) => clock.now() - createdAt < FRESH_MS,

    async endSession(act, cookie) {
      const handle = read(cookie);
      if (handle !== null) await sessions.end(act, handle);
    },

    listSessions: (user) => sessions.list(user, clock.now(), options.sessionIdleMs),
    endOneSession: (act, user, lookupId) => sessions.endOne(act, user, lookupId),
    endOtherSessions: (act, user, keep) => sessions.endOthers(act, user, keep),
  };
}
