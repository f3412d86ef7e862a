import type { Config } from '#config';
import type { Identity } from '#identity';
import { createMailer, type Handlers, type Mailer, mailWords } from '#jobs';
import { HOUR, MINUTE, SECOND } from '#kernel';

/** Null where none is set up. */
export function mailerOf(config: Config, url: string): Mailer | null {
  const { smtpUrl, mailFrom, brandName } = config;
  if (smtpUrl === null || mailFrom === null) return null;
  return createMailer({
    smtpUrl,
    from: { name: brandName, address: mailFrom },
    greeting: new URL(url).hostname,
  });
}

/** Somebody waits for these in front of the screen: tried often and soon, and not for long. */
const AWAITED = { attempts: 8, delayMs: 5 * SECOND, maxDelayMs: 10 * MINUTE, goodForMs: HOUR } as const;

/** What the queue does about mail. Links are built from the public URL alone, whatever a request said (AC-12). */
export function mailHandlers(mailer: Mailer, { recoveryMails }: Identity, url: string, brand: string): Handlers {
  return {
    'mail-reset': {
      ...AWAITED,
      run: ({ sought, locale }) =>
        recoveryMails.sendReset(sought, (to, accounts) =>
          mailer.send(
            to,
            mailWords(locale).reset(
              brand,
              accounts.map(({ loginId, link }) => ({ loginId, link: `${url}/recover/reset?link=${link}` })),
            ),
          ),
        ),
    },
    'mail-login-ids': {
      ...AWAITED,
      run: ({ email, locale }) =>
        recoveryMails.sendLoginIds(email, (to, loginIds) =>
          mailer.send(to, mailWords(locale).loginIds(brand, loginIds, `${url}/login`)),
        ),
    },
    'mail-verify': {
      ...AWAITED,
      run: ({ user, locale }) =>
        recoveryMails.sendVerification(user, (to, { loginId, link }) =>
          mailer.send(to, mailWords(locale).verify(brand, loginId, `${url}/recover/email?link=${link}`)),
        ),
    },
  };
}
