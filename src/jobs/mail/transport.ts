import { createTransport } from 'nodemailer';
import { isLoopback } from '#config';
import { checkEmail, SECOND } from '#kernel';
import { JobFailure } from '../failure.ts';
import { asHtml, asText, type Mail } from './mail.ts';

export interface MailerOptions {
  /** `smtp://` or `smtps://` with credentials, host and port; checked by `config`. */
  readonly smtpUrl: string;
  /** The sender: the operator's name for the platform, and an address. */
  readonly from: { readonly name: string; readonly address: string };
  /** By which host name we greet the server; never the machine's own. */
  readonly greeting: string;
  readonly timeouts?: Timeouts;
}

/** Milliseconds: to connect and be greeted, of silence afterwards, and in all. */
export interface Timeouts {
  readonly greeting: number;
  readonly silence: number;
  readonly whole: number;
}

export interface Mailer {
  /** Hands one mail for one recipient to the server. Rejects with JobFailure. */
  send(to: string, mail: Mail): Promise<void>;
  /** Connects and logs in, and sends nothing. Null, or why it does not work in a word. */
  check(): Promise<string | null>;
}

/** HT-13: a server that hangs is left soon; the whole stays far below a job's lease. */
const TIMEOUTS: Timeouts = { greeting: 3 * SECOND, silence: 10 * SECOND, whole: 25 * SECOND };
const DEFAULT_PORT = { 'smtp:': 587, 'smtps:': 465 } as const;

/**
 * Sends over SMTP. TLS is required, and its certificate checked, unless the server is on this very machine. No file and no
 * address is ever read to make a mail (AC-18), and `raw` is never used.
 */
export function createMailer({ smtpUrl, from, greeting, timeouts = TIMEOUTS }: MailerOptions): Mailer {
  const settings = {
    ...serverOf(smtpUrl),
    name: greeting,
    connectionTimeout: timeouts.greeting,
    greetingTimeout: timeouts.greeting,
    dnsTimeout: timeouts.greeting,
    socketTimeout: timeouts.silence,
    socketCloseTimeout: 0,
    disableFileAccess: true,
    disableUrlAccess: true,
    maxRecipients: 1,
  };

  return {
    async send(to, mail) {
      // AC-16: one address that no mailer reads as another one or as two.
      if (checkEmail(to) !== null) throw new JobFailure('bad-recipient', { final: true });
      try {
        await createTransport(settings).sendMail({
          from,
          to: { name: '', address: to },
          envelope: { from: from.address, to: [to] },
          subject: mail.subject,
          text: asText(mail),
          html: asHtml(mail),
          textEncoding: 'base64',
          xMailer: false,
          // RFC 3834 §5: nobody's holiday message answers it.
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(timeouts.whole),
        });
      } catch (error) {
        throw failureOf(error);
      }
    },

    async check() {
      try {
        await createTransport(settings).verify();
        return null;
      } catch (error) {
        return failureOf(error).word;
      }
    },
  };
}

/** What nodemailer needs to know of the server. Exported for tests. */
export function serverOf(smtpUrl: string) {
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const here = isLoopback(url.hostname);
  const user = decodeURIComponent(url.username);
  return {
    host: url.hostname.replaceAll(/[[\]]/g, ''),
    port: url.port === '' ? DEFAULT_PORT[secure ? 'smtps:' : 'smtp:'] : Number(url.port),
    secure,
    requireTLS: !secure && !here,
    // A relay on this machine has no certificate that anybody could check.
    ignoreTLS: !secure && here,
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(url.password) } }),
  };
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNECTION: 'unreachable',
  ESOCKET: 'unreachable',
  EDNS: 'unknown-host',
  ETIMEDOUT: 'timed-out',
  EABORT: 'timed-out',
  ETLS: 'no-tls',
  EREQUIRETLS: 'no-tls',
  EAUTH: 'login-refused',
  ENOAUTH: 'login-refused',
  EENVELOPE: 'address-refused',
  EMESSAGE: 'mail-refused',
  EPROTOCOL: 'no-smtp',
};

const codeOf = (error: unknown, name: 'code' | 'originalCode'): string => {
  const found: unknown = error instanceof Error ? Object.getOwnPropertyDescriptor(error, name)?.value : undefined;
  return typeof found === 'string' ? found : '';
};

/** A certificate that can not be trusted looks like any other broken connection until one asks what broke it. */
const isAboutTls = (error: unknown): boolean => /CERT|VERIFY|TLS|SSL|EPROTO$/.test(codeOf(error, 'originalCode'));

/**
 * A word of our own: the server's sentences quote addresses, and they are not kept. A refusal of this recipient or mail
 * for good (RFC 5321 §4.2.1, 5yz) is final; everything else may be mended.
 */
function failureOf(error: unknown): JobFailure {
  const code = codeOf(error, 'code');
  const status = error instanceof Error && 'responseCode' in error ? Number(error.responseCode) : 0;
  const word = isAboutTls(error) ? 'no-tls' : (WORDS[code] ?? 'not-sent');
  return new JobFailure(status > 0 ? `${word}-${status}` : word, {
    final: (code === 'EENVELOPE' || code === 'EMESSAGE') && status >= 500,
  });
}
