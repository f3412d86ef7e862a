import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Locale } from '#kernel';
import type { TestUser, World } from './world.ts';

/** What the walk meets on its way, in the words of the page. */
const WORDS = {
  ko: { mine: '내 클라이언트', register: '클라이언트 등록' },
  en: { mine: 'My clients', register: 'Register client' },
} as const;

/** What the developer of the guide types. */
const FORM = {
  ko: { name: '건강 일기', description: '혈압과 체중을 적고 가족과 함께 보는 앱입니다.' },
  en: { name: 'Health diary', description: 'Write down blood pressure and weight, and see them with your family.' },
} as const;

const REDIRECT = 'https://diary.example.com/callback';

/** Takes the picture of one step; the test takes none. */
export type Shoot = (page: Page, name: string) => Promise<void>;

export interface Walked {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * The registration guide, step by step, as a developer and an operator do it in a browser: log in, `OAuth Clients`,
 * 내 클라이언트, 클라이언트 등록, the form, 등록, PENDING; the operator approves; ACTIVE; `SHOW CLIENT ID & SECRET`.
 */
export async function walkGuide(
  world: World,
  chromium: Browser,
  people: { developer: TestUser; operator: TestUser; locale: Locale },
  shoot: Shoot,
): Promise<Walked> {
  const { developer, operator, locale } = people;
  const words = WORDS[locale];
  const form = FORM[locale];
  const page = await open(chromium, locale);

  await logIn(page, world, developer, '/console/clients', (login) => shoot(login, '01-login'));
  await page.getByRole('link', { name: 'OAuth Clients' }).first().click();
  await page.getByRole('heading', { name: words.mine }).waitFor();
  await shoot(page, '02-my-clients');

  await page.getByRole('link', { name: words.register }).first().click();
  await page.waitForSelector('#name');
  await shoot(page, '03-register');
  await page.fill('#name', form.name);
  await page.fill('#description', form.description);
  await page.check('#scope-PROFILE');
  await page.check('#method-AUTHORIZATION_CODE');
  await page.check('#method-REFRESH_TOKEN');
  await page.fill('[id^="redirect"][id$="0"]', REDIRECT);
  await shoot(page, '04-filled');
  await page.click('#register');
  await page.waitForURL(/\/console\/clients\/[0-9a-f]{32}$/);
  await page.locator('main').getByText('PENDING').first().waitFor();
  await shoot(page, '05-pending');
  const clientId = /clients\/([0-9a-f]{32})/.exec(page.url())?.[1] ?? '';
  assert.match(clientId, /^[0-9a-f]{32}$/);

  const desk = await open(chromium, locale);
  await logIn(desk, world, operator, '/console/review');
  await desk.getByRole('link', { name: form.name }).first().click();
  await desk.waitForSelector('#approve');
  await shoot(desk, '06-review');
  await desk.click('#approve');
  await desk.locator('main').getByText('ACTIVE').first().waitFor();
  await desk.context().close();

  await page.goto(`${world.url}/console/clients`);
  await page.getByRole('table').getByText('ACTIVE').waitFor();
  await shoot(page, '07-active');
  await page.getByRole('table').getByRole('link', { name: form.name }).click();
  await page.waitForSelector('#show-secret');
  assert.equal((await page.textContent('#show-secret'))?.trim(), 'SHOW CLIENT ID & SECRET');
  await page.click('#show-secret');
  const dialog = page.getByRole('dialog', { name: 'Client ID & Secret' });
  await dialog.waitFor();
  const values = dialog.locator('.copyable .mono');
  await values.nth(1).waitFor();
  await shoot(page, '08-secret');
  const [shownId = '', clientSecret = ''] = await values.allTextContents();
  assert.equal(shownId.trim(), clientId);
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.context().close();
  await seeConsent(world, chromium, { clientId, locale }, shoot);
  return { clientId, clientSecret: clientSecret.trim() };
}

/** What a member of the public sees on a phone when the new client sends them here. Nothing is answered. */
async function seeConsent(
  world: World,
  chromium: Browser,
  { clientId, locale }: { clientId: string; locale: Locale },
  shoot: Shoot,
): Promise<void> {
  const user = await world.user({ name: locale === 'ko' ? '김하늘' : 'Kim Haneul' });
  const phone = await open(chromium, locale, { width: 390, height: 844 });
  const asked = { response_type: 'code', client_id: clientId, redirect_uri: REDIRECT, state: 'st-1' };
  await phone.goto(`${world.url}/oauth/authorize?${new URLSearchParams(asked)}`);
  await phone.fill('#username', user.loginId);
  await phone.fill('#password', user.password);
  await phone.click('#login');
  await phone.waitForSelector('#allow');
  await shoot(phone, '09-consent');
  await phone.context().close();
}

async function open(
  chromium: Browser,
  locale: Locale,
  viewport: { width: number; height: number } = { width: 1280, height: 800 },
): Promise<Page> {
  const context = await chromium.newContext({
    locale: locale === 'ko' ? 'ko-KR' : 'en-GB',
    viewport,
    deviceScaleFactor: 1,
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => {
    throw error;
  });
  return page;
}

async function logIn(
  page: Page,
  world: World,
  user: TestUser,
  next: string,
  onLogin: (page: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  await page.goto(`${world.url}/login?next=${encodeURIComponent(next)}`);
  await onLogin(page);
  await page.fill('#username', user.loginId);
  await page.fill('#password', user.password);
  await page.click('#login');
  await page.waitForURL(`${world.url}${next}`);
}
