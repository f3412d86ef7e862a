import { createHmac } from 'node:crypto';
import { type Authenticator, type CreationOptions, type RequestOptions, softAuthenticator } from './authenticator.ts';
import { type Browser, formOf, type Page } from './browser.ts';
import type { TestUser, World } from './world.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 6238 by itself, so that the server's library is not its own judge. `steps` counts from the step of `now`. */
export function totpCode(key: string, now: number, steps = 0): string {
  const bits = [...key.replaceAll(' ', '')]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const secret = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000) + steps));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}

/** A code of six digits that fits none of the steps near. */
export function wrongCode(key: string, now: number): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => totpCode(key, now, steps));
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code)) ?? '';
}

export const keyOn = (page: Page): string => {
  const key = /id="totp-key"[^>]*>([A-Z2-7 ]+)</.exec(page.text)?.[1];
  if (key === undefined) throw new Error(`no key on ${page.url} (${page.status}): ${page.text.slice(0, 600)}`);
  return key;
};

export const codesOn = (page: Page): string[] =>
  [...page.text.matchAll(/<li><code>([0-9a-z-]{14})<\/code><\/li>/g)].map(([, code = '']) => code);

/** Posts the form that holds this button. */
export const press = (browser: Browser, page: Page, button: string, fields: Record<string, string> = {}) => {
  const form = formOf(page, button);
  return browser.post(form.action, { ...form.fields, ...fields });
};

export interface WithTotp {
  readonly user: TestUser;
  readonly key: string;
  readonly codes: readonly string[];
  /** The browser in which it was enrolled, still logged in. */
  readonly browser: Browser;
}

/** A person with an authenticator app, enrolled on the pages. Its first code is spent: the clock moves on by a step. */
export async function userWithTotp(w: World, wish: Parameters<World['user']>[0] = {}): Promise<WithTotp> {
  const user = await w.user(wish);
  const browser = w.browser();
  await w.login(browser, user);
  const { key, codes } = await enrolTotp(w, browser);
  return { user, key, codes, browser };
}

export async function enrolTotp(w: World, browser: Browser): Promise<{ key: string; codes: readonly string[] }> {
  const page = await browser.get('/account/security/totp');
  const key = keyOn(page);
  const done = await press(browser, page, 'confirm-totp', { code: totpCode(key, w.app.clock.now()) });
  if (done.status !== 200 && done.status !== 303) throw new Error(`not enrolled: ${done.status} ${done.text}`);
  w.app.clock.advance(60_000);
  return { key, codes: codesOn(done) };
}

/** The page that stands after a right password: the second factor's, where there is one. */
export async function passwordStep(browser: Browser, user: TestUser, path = '/login'): Promise<Page> {
  const page = await browser.get(path);
  return browser.follow(await press(browser, page, 'login', { username: user.loginId, password: user.password }));
}

/** Whether the browser holds a session that opens something. */
export const isLoggedIn = async (browser: Browser): Promise<boolean> => (await browser.get('/account')).status === 200;

/** As the script does before it calls the authenticator. */
export async function challengeFor<Options extends CreationOptions | RequestOptions>(
  browser: Browser,
  page: Page,
  button: string,
): Promise<Options> {
  const html = page.text;
  const form = formOf(page, button);
  const tag = [...html.matchAll(/<form\b[^>]*data-options="([^"]+)"[^>]*>/g)].find(([text]) =>
    text.includes(`action="${new URL(form.action).pathname}"`),
  );
  const answer = await browser.post(tag?.[1] ?? '', form.fields);
  if (answer.status !== 200) throw new Error(`no options: ${answer.status} ${answer.text.slice(0, 300)}`);
  return JSON.parse(answer.text) as Options;
}

export interface WithPasskey {
  readonly user: TestUser;
  readonly passkey: Authenticator;
  readonly codes: readonly string[];
  readonly browser: Browser;
}

export async function userWithPasskey(w: World): Promise<WithPasskey> {
  const user = await w.user();
  const browser = w.browser();
  await w.login(browser, user);
  const passkey = softAuthenticator(w.url);
  const page = await browser.get('/account/security');
  const options = await challengeFor<CreationOptions>(browser, page, 'add-passkey');
  const done = await press(browser, page, 'add-passkey', { credential: passkey.create(options) });
  if (done.status !== 200) throw new Error(`not registered: ${done.status} ${done.text}`);
  return { user, passkey, codes: codesOn(done), browser };
}

/** Presses the passkey button of a page and answers with this authenticator. */
export async function showPasskey(
  browser: Browser,
  page: Page,
  passkey: Authenticator,
  wrong: Parameters<Authenticator['get']>[1] = {},
): Promise<Page> {
  const options = await challengeFor<RequestOptions>(browser, page, 'passkey');
  return press(browser, page, 'passkey', { credential: passkey.get(options, wrong) });
}
