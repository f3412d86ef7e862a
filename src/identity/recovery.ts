import type { Act } from '#audit/ports';
import {
  checkEmail,
  DAY,
  type EmailProblem,
  foldEmail,
  type Locale,
  MINUTE,
  mintHandle,
  PageError,
  readHandle,
  SECOND,
  type UserMuid,
} from '#kernel';
import { backoffKeys } from './backoff.ts';
import { foldLoginId } from './login-id.ts';
import type { IdentityDeps } from './options.ts';
import { orOverloaded, type PasswordHasher } from './password-hash.ts';
import { checkNewPassword, type PasswordProblem } from './password-policy.ts';
import type { LivingLink, MailWish } from './ports/index.ts';

/** A link that sets a password lives as long as somebody needs to open the mail. */
export const RESET_LINK_MS = 15 * MINUTE;
export const VERIFY_LINK_MS = DAY;
/** Longer than any login id or address can be. */
const MAX_SOUGHT = 254;

export interface Recovery {
  /** Whether mail can be sent at all. Without it nothing below may be asked for. */
  readonly mails: boolean;
  /**
   * By login id or e-mail address. The same to whoever asks, in words and in time: whether there is such an account is
   * looked up later, by the job that sends the mail. Throws PageError `too-many-tries` (429).
   */
  askReset(act: Act, sought: string, locale: Locale): Promise<'asked' | 'empty'>;
  /** As `askReset`, for the login ids of an address. */
  askLoginIds(act: Act, email: string, locale: Locale): Promise<'asked' | EmailProblem>;
  /** Of somebody who is logged in. Throws PageError `too-many-tries` (429). */
  askVerification(act: Act, user: UserMuid, locale: Locale): Promise<void>;
  /** Null for a link that does not work, or not any more. Uses nothing up. */
  resetLink(link: string | undefined): Promise<LivingLink | null>;
  /** Ends every session and grant. Of parallel uses of a link one wins. Throws PageError `overloaded` (429). */
  resetPassword(act: Act, link: string | undefined, password: string): Promise<'changed' | 'dead' | PasswordProblem>;
  verifyLink(link: string | undefined): Promise<LivingLink | null>;
  verifyEmail(act: Act, link: string | undefined): Promise<'verified' | 'dead'>;
  /** Null once the account is not active. */
  addressOf(user: UserMuid): Promise<{ readonly email: string; readonly verified: boolean } | null>;
}

export function createRecovery(deps: IdentityDeps, hasher: PasswordHasher): Recovery {
  const { recovery, backoff, clock, options } = deps;
  const keys = backoffKeys(options.backoffKey);

  /** AC-19: so many mails may be asked for from one place. How many one address gets is counted when they are sent. */
  async function ask(act: Act, wish: MailWish): Promise<void> {
    if (!options.mails) throw new Error('Mail was asked for, and there is none.');
    const turn = await backoff.take([{ key: keys.mailBy(act.actor.ip ?? ''), ...options.limits.mail }], act.at);
    if (!turn.allowed) {
      const retryAfter = Math.max(1, Math.ceil((turn.retryAt - act.at) / SECOND));
      throw new PageError('too-many-tries', 429, { reason: 'backed-off', retryAfter });
    }
    await recovery.ask(act, wish);
  }

  const read = (kind: 'reset' | 'email', link: string | undefined) =>
    link === undefined ? null : readHandle(kind, link);

  return {
    mails: options.mails,

    async askReset(act, typed, locale) {
      const sought = foldLoginId(typed).slice(0, MAX_SOUGHT);
      if (sought === '') return 'empty';
      await ask(act, { mail: 'reset', sought, locale });
      return 'asked';
    },

    async askLoginIds(act, typed, locale) {
      const email = typed.trim();
      const problem = checkEmail(email);
      if (problem !== null) return problem;
      await ask(act, { mail: 'login-ids', email: foldEmail(email), locale });
      return 'asked';
    },

    askVerification: (act, user, locale) => ask(act, { mail: 'verify', user, locale }),

    async resetLink(link) {
      const handle = read('reset', link);
      return handle === null ? null : recovery.livingLink('RESET', handle, clock.now());
    },

    async resetPassword(act, link, password) {
      const handle = read('reset', link);
      const living = handle === null ? null : await recovery.livingLink('RESET', handle, act.at);
      if (handle === null || living === null) return 'dead';
      const { user } = living;
      const problem = await checkNewPassword(password, { ...user, brand: options.brand });
      if (problem !== null) return problem;
      const newHash = await orOverloaded(hasher.hash(password));
      if ((await recovery.resetPassword(act, handle, newHash)) === 'dead') return 'dead';
      // Whoever guessed before, the person has proven who he or she is.
      await backoff.forgive([keys.account(foldLoginId(user.loginId))]);
      return 'changed';
    },

    async verifyLink(link) {
      const handle = read('email', link);
      return handle === null ? null : recovery.livingLink('VERIFY', handle, clock.now());
    },

    async verifyEmail(act, link) {
      const handle = read('email', link);
      if (handle === null || (await recovery.verifyEmail(act, handle)) === 'dead') return 'dead';
      return 'verified';
    },

    async addressOf(user) {
      const found = await recovery.addressOf(user);
      return found === null ? null : { email: found.email, verified: found.verified };
    },
  };
}

/** What a mail says of an account; the link's value stands in the mail alone. */
export interface LinkFor {
  readonly loginId: string;
  readonly link: string;
}

export interface RecoveryMails {
  /**
   * Finds who is meant, counts the mail against its recipient, makes the links and hands them to `send`. Does nothing
   * where nobody is meant or the recipient has had enough mail. A mail that could not be sent is not counted.
   */
  sendReset(sought: string, send: (to: string, accounts: readonly LinkFor[]) => Promise<void>): Promise<void>;
  sendLoginIds(email: string, send: (to: string, loginIds: readonly string[]) => Promise<void>): Promise<void>;
  sendVerification(user: UserMuid, send: (to: string, account: LinkFor) => Promise<void>): Promise<void>;
}

/** The other half: what the queue does with what was asked for. Nobody waits for it, so its time tells nothing. */
export function createRecoveryMails(deps: IdentityDeps): RecoveryMails {
  const { recovery, backoff, audit, clock, options } = deps;
  const keys = backoffKeys(options.backoffKey);
  const actor = { kind: 'system' as const, id: null, ip: null, userAgent: 'medbiz', requestId: null };

  async function counted(emailFolded: string, send: () => Promise<void>): Promise<boolean> {
    const key = keys.mailTo(emailFolded);
    const turn = await backoff.take([{ key, ...options.limits.mail }], clock.now());
    if (!turn.allowed) return false;
    try {
      await send();
      return true;
    } catch (error) {
      await backoff.giveBack([key]);
      throw error;
    }
  }

  /** The old links of this kind die here, so a mail that is sent twice leaves one that works. */
  async function makeLink(
    kind: 'RESET' | 'VERIFY',
    to: { user: UserMuid; emailFolded: string },
  ): Promise<string | null> {
    const now = clock.now();
    const handle = mintHandle(kind === 'RESET' ? 'reset' : 'email', now);
    const expiresAt = now + (kind === 'RESET' ? RESET_LINK_MS : VERIFY_LINK_MS);
    const { lookupId, digest } = handle;
    const link = { handle: { lookupId, digest }, kind, user: to.user, emailFolded: to.emailFolded, expiresAt };
    return (await recovery.makeLink(link, now)) === 'made' ? handle.text : null;
  }

  const note = (subject: UserMuid, reason: MailWish['mail']): Promise<void> =>
    audit.append({ at: clock.now(), actor }, { action: 'recovery.mailed', outcome: 'ok', subject, reason });

  return {
    async sendReset(sought, send) {
      const found = await recovery.reachable(sought);
      for (const emailFolded of new Set(found.map((each) => each.emailFolded))) {
        const accounts = found.filter((each) => each.emailFolded === emailFolded);
        const to = accounts[0]?.email ?? '';
        const sent = await counted(emailFolded, async () => {
          const links: LinkFor[] = [];
          for (const account of accounts) {
            const link = await makeLink('RESET', account);
            if (link !== null) links.push({ loginId: account.loginId, link });
          }
          if (links.length > 0) await send(to, links);
        });
        if (sent) for (const { user } of accounts) await note(user, 'reset');
      }
    },

    async sendLoginIds(email, send) {
      const found = await recovery.reachable(email);
      const [first] = found;
      if (first === undefined) return;
      const loginIds = found.map(({ loginId }) => loginId);
      const sent = await counted(first.emailFolded, () => send(first.email, loginIds));
      if (sent) for (const { user } of found) await note(user, 'login-ids');
    },

    async sendVerification(user, send) {
      const to = await recovery.addressOf(user);
      if (to === null || to.verified) return;
      const sent = await counted(to.emailFolded, async () => {
        const link = await makeLink('VERIFY', to);
        if (link !== null) await send(to.email, { loginId: to.loginId, link });
      });
      if (sent) await note(user, 'verify');
    },
  };
}
