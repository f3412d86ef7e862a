import type { Config } from '#config';
import type { Identity } from '#identity';
import { createMailer, type Handlers, type Mailer, mailWords, noticeMail } from '#jobs';
import { DAY, HOUR, MINUTE, SECOND } from '#kernel';
import type { Storage } from '#storage';

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

/** Nobody waits for these: a mail server may be away for a weekend. */
const NEWS = { attempts: 16, delayMs: MINUTE, maxDelayMs: 6 * HOUR, goodForMs: 4 * DAY } as const;

export interface MailHandling {
  readonly mailer: Mailer;
  readonly identity: Pick<Identity, 'recoveryMails'>;
  readonly notices: Storage['noticeMails'];
  readonly url: string;
  readonly brand: string;
}

/** What the queue does about mail. Links are built from the public URL alone, whatever a request said (AC-12). */
export function mailHandlers({ mailer, identity, notices, url, brand }: MailHandling): Handlers {
  const { recoveryMails } = identity;
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
    'mail-notice': {
      ...NEWS,
      async run({ notice }) {
        const found = await notices.forMail(notice);
        if (found !== null) {
          await mailer.send(found.to, noticeMail(brand, found, `${url}/console/clients/${found.client}/review`));
        }
      },
    },
  };
}
