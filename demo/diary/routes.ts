import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { diaryPage } from './pages.ts';
import { type Platform, refusalOf } from './platform.ts';
import { MOODS, type Mood, type Session, type Sessions } from './sessions.ts';
import { type Language, wordsIn } from './words.ts';

export interface Diary {
  readonly url: string;
  readonly platform: Platform;
  readonly sessions: Sessions;
}

interface Turn {
  readonly url: URL;
  readonly session: Session;
  readonly language: Language;
  readonly form: URLSearchParams;
  /** Goes to another page; `cookie` replaces the session's name. */
  readonly go: (to: string, cookie?: string) => void;
}

const FILES: Readonly<Record<string, readonly [type: string, body: Buffer]>> = {
  '/diary.css': ['text/css; charset=utf-8', readFileSync(new URL('./diary.css', import.meta.url))],
  '/diary.svg': ['image/svg+xml', readFileSync(new URL('./diary.svg', import.meta.url))],
};
const MAX_FORM = 16 * 1024;
const HEADERS = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};
/** Ask for a new token a little before the old one ends. */
const EARLY_MS = 30_000;

export function createRoutes(diary: Diary): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const { platform, sessions } = diary;
  const posts: Readonly<Record<string, (turn: Turn) => Promise<void>>> = {
    '/entries': write,
    '/refresh': refresh,
    '/logout': logout,
  };

  /** The person's own page, or the front page. Asks the platform who it is each time, so an ended connection shows at once. */
  async function show(turn: Turn): Promise<string> {
    const { session, language } = turn;
    if (session.login !== null && !(await stillConnected(session))) {
      session.login = null;
      session.notice = 'ended';
    }
    const { notice, login } = session;
    session.notice = null;
    const entries = login === null ? [] : sessions.entriesOf(login.profile.userMuid);
    return diaryPage({ language, notice, login, entries, issuer: platform.issuer });
  }

  async function stillConnected(session: Session): Promise<boolean> {
    if (session.login === null) return false;
    try {
      if (session.login.tokens.expiresAt - EARLY_MS < Date.now()) {
        session.login.tokens = await platform.refresh(session.login.tokens);
      }
      const profile = await platform.profile(session.login.tokens);
      if (profile === null) return false;
      session.login = { ...session.login, profile };
      return true;
    } catch (error) {
      if (refusalOf(error) !== null) return false;
      throw error;
    }
  }

  async function begin({ session, language, go }: Turn): Promise<void> {
    const { url, pending } = await platform.begin(language);
    session.pending = pending;
    go(url.href);
  }

  async function finish({ url, session, go }: Turn): Promise<void> {
    const { pending } = session;
    session.pending = null;
    try {
      if (pending === null) throw new Error('Nobody in this browser asked for a login.');
      const tokens = await platform.finish(url, pending);
      const profile = await platform.profile(tokens);
      if (profile === null) throw new Error('The new token was not accepted.');
      session.login = { tokens, profile };
      go('/', sessions.renew(session));
    } catch (error) {
      session.notice = refusalOf(error) === 'access_denied' ? 'refused' : 'failed';
      if (session.notice === 'failed') console.error(error);
      go('/');
    }
  }

  async function write({ session, form, go }: Turn): Promise<void> {
    const text = (form.get('text') ?? '').trim().slice(0, 500);
    const slept = Number(form.get('slept') ?? '');
    if (session.login !== null && (text !== '' || form.has('mood'))) {
      sessions.entriesOf(session.login.profile.userMuid).unshift({
        at: Date.now(),
        mood: MOODS.find((mood: Mood) => mood === form.get('mood')) ?? 'so-so',
        sleptHours: slept > 0 && slept <= 24 ? slept : null,
        text,
      });
      session.notice = 'saved';
    }
    go('/');
  }

  async function refresh({ session, go }: Turn): Promise<void> {
    if (session.login !== null) {
      try {
        session.login.tokens = await platform.refresh(session.login.tokens);
        session.notice = 'refreshed';
      } catch (error) {
        if (refusalOf(error) === null) throw error;
        session.login = null;
        session.notice = 'ended';
      }
    }
    go('/');
  }

  async function logout({ session, go }: Turn): Promise<void> {
    if (session.login !== null) await platform.end(session.login.tokens);
    session.login = null;
    session.notice = 'logged-out';
    go('/', sessions.renew(session));
  }

  return async (request, response) => {
    const url = new URL(request.url ?? '/', diary.url);
    const file = FILES[url.pathname];
    if (file !== undefined) {
      response.writeHead(200, { ...HEADERS, 'Content-Type': file[0] }).end(file[1]);
      return;
    }
    const { session, setCookie } = sessions.open(request.headers.cookie);
    const asked = url.searchParams.get('lang');
    if (asked === 'ko' || asked === 'en') session.language = asked;
    const language = session.language ?? (/^\s*en\b/i.test(request.headers['accept-language'] ?? '') ? 'en' : 'ko');
    const cookies = (cookie: string | null = setCookie): Record<string, string> =>
      cookie === null ? {} : { 'Set-Cookie': cookie };
    const go = (to: string, cookie?: string): void => {
      response.writeHead(303, { ...HEADERS, ...cookies(cookie), Location: to }).end();
    };
    const turn: Turn = { url, session, language, go, form: new URLSearchParams(await bodyOf(request)) };

    if (request.method === 'POST') {
      const post = posts[url.pathname];
      // A form of another site must not write into the diary.
      if (post !== undefined && request.headers.origin === diary.url) return post(turn);
    } else if (url.pathname === '/login') return begin(turn);
    else if (url.pathname === '/callback') return finish(turn);
    else if (url.pathname === '/') {
      response
        .writeHead(200, { ...HEADERS, ...cookies(), 'Content-Type': 'text/html; charset=utf-8' })
        .end(await show(turn));
      return;
    }
    response
      .writeHead(404, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' })
      .end(wordsIn(language).notFound);
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString();
    if (text.length > MAX_FORM) return '';
  }
  return text;
}
