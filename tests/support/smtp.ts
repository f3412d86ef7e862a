import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What a receiver does with a client. */
export type SmtpMood =
  | 'well'
  /** Takes the connection and never says a word. */
  | 'silent'
  /** Greets, and falls silent once the mail has been sent. */
  | 'silent-at-end'
  /** Refuses every recipient for good. */
  | 'nobody-here'
  /** Refuses every mail for now (RFC 5321 §4.2.1, 4yz). */
  | 'later';

export interface ReceivedMail {
  readonly from: string;
  /** Envelope recipients. */
  readonly to: readonly string[];
  /** Unfolded, in lower case. */
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly html: string;
  /** As it came. */
  readonly raw: string;
}

export interface SmtpReceiver {
  /** For MEDBIZ_SMTP_URL. */
  readonly url: string;
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** Connections so far. */
  readonly calls: number;
  /** What the last client authenticated with, as `user:password`. */
  readonly login: string | null;
  mood: SmtpMood;
  /** The next mail to this address that was not waited for yet; throws after ten seconds. */
  next(to: string): Promise<ReceivedMail>;
  close(): Promise<void>;
}

const WITHIN_MS = 10_000;

/** A real SMTP server on the loopback interface, as much of RFC 5321 as a client needs. */
export async function startSmtp(host = '127.0.0.1'): Promise<SmtpReceiver> {
  const mails: ReceivedMail[] = [];
  const fetched = new Set<ReceivedMail>();
  const sockets = new Set<Socket>();
  let calls = 0;
  let login: string | null = null;

  const server = createServer((socket) => {
    calls++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    serve(socket, receiver.mood, {
      took: (mail) => mails.push(mail),
      authenticated: (with_) => {
        login = with_;
      },
    });
  });
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');

  const receiver: SmtpReceiver = {
    url: `smtp://${host}:${address.port}`,
    port: address.port,
    mails,
    mood: 'well',
    get calls() {
      return calls;
    },
    get login() {
      return login;
    },
    async next(to) {
      const began = performance.now();
      for (;;) {
        const mail = mails.find((each) => each.to.includes(to) && !fetched.has(each));
        if (mail !== undefined) {
          fetched.add(mail);
          return mail;
        }
        if (performance.now() - began > WITHIN_MS) throw new Error(`no mail to ${to}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return receiver;
}

function serve(
  socket: Socket,
  mood: SmtpMood,
  tell: { took: (mail: ReceivedMail) => void; authenticated: (login: string) => void },
): void {
  if (mood === 'silent') return;
  const say = (answer: string): void => {
    socket.write(`${answer}\r\n`);
  };
  let from = '';
  let to: string[] = [];
  let data: string[] | null = null;
  let rest = '';

  function line(text: string): void {
    if (data !== null) {
      if (text !== '.') {
        data.push(text.startsWith('.') ? text.slice(1) : text);
        return;
      }
      tell.took(parseMail(from, to, data.join('\r\n')));
      data = null;
      if (mood !== 'silent-at-end') say('250 taken');
      return;
    }
    const verb = text.slice(0, 4).toUpperCase();
    if (verb === 'EHLO') {
      say('250-receiver');
      say('250-AUTH PLAIN');
      say('250 SIZE 1000000');
    } else if (verb === 'AUTH') {
      const [, user = '', password = ''] = Buffer.from(text.split(' ')[2] ?? '', 'base64')
        .toString()
        .split('\0');
      tell.authenticated(`${user}:${password}`);
      say(password === 'wrong' ? '535 no' : '235 welcome');
    } else if (verb === 'MAIL') {
      from = between(text);
      to = [];
      say('250 ok');
    } else if (verb === 'RCPT') {
      if (mood === 'nobody-here') say(`550 <${between(text)}> is nobody here`);
      else if (mood === 'later') say(`451 <${between(text)}> may come later`);
      else {
        to.push(between(text));
        say('250 ok');
      }
    } else if (verb === 'DATA') {
      data = [];
      say('354 go on');
    } else if (verb === 'STAR') {
      say('502 no TLS here');
    } else if (verb === 'QUIT') {
      say('221 bye');
      socket.end();
    } else say('250 ok');
  }

  say('220 receiver ESMTP');
  socket.setEncoding('latin1');
  socket.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\r\n');
    rest = lines.pop() ?? '';
    for (const each of lines) line(each);
  });
}

const between = (text: string): string => /<([^>]*)>/.exec(text)?.[1] ?? '';

function parseMail(from: string, to: readonly string[], raw: string): ReceivedMail {
  const headers = headersOf(raw);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? '';
  const parts = raw.split(`--${boundary}`).map((part) => part.replace(/^\r\n/, ''));
  const bodyOf = (type: string): string => {
    const part = parts.find((each) => headersOf(each).get('content-type')?.startsWith(type));
    if (part === undefined) throw new Error(`no ${type} in the mail`);
    const body = part.slice(part.indexOf('\r\n\r\n') + 4);
    const how = headersOf(part).get('content-transfer-encoding');
    if (how === 'base64') return Buffer.from(body, 'base64').toString('utf8').replaceAll('\r\n', '\n');
    if (how !== '7bit' && how !== 'quoted-printable') throw new Error(`an unknown encoding: ${how}`);
    const bytes = how === '7bit' ? body : quotedPrintable(body.replaceAll('=\r\n', ''));
    return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
  };
  return { from, to, headers, text: bodyOf('text/plain'), html: bodyOf('text/html'), raw };
}

function headersOf(part: string): Map<string, string> {
  const end = part.indexOf('\r\n\r\n');
  const lines = part.slice(0, end < 0 ? undefined : end).replaceAll(/\r\n[ \t]+/g, ' ');
  return new Map(
    lines.split('\r\n').map((text): [string, string] => {
      const mark = text.indexOf(':');
      return [text.slice(0, mark).toLowerCase(), decodeWords(text.slice(mark + 1).trim())];
    }),
  );
}

const quotedPrintable = (text: string): string =>
  text.replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** RFC 2047, as far as nodemailer writes it. */
const decodeWords = (text: string): string =>
  text.replaceAll(/\?=\s+=\?/g, '?==?').replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, word: string) => {
    const isBase64 = how.toUpperCase() === 'B';
    const bytes = isBase64
      ? Buffer.from(word, 'base64')
      : Buffer.from(quotedPrintable(word.replaceAll('_', ' ')), 'latin1');
    return bytes.toString('utf8');
  });
