import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { startTestApp, type TestApp } from '../support/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { fakeClock } from '../support/clock.ts';
import { type TestUser, openWorld, type World } from '../support/world.ts';

/** Chromium's own authenticator, with the real script under the real policy. */
describe('Passkeys in Chromium', () => {
  let app: TestApp;
  let w: World;
  let chromium: Browser;
  let user: TestUser;

  before(async () => {
    // Browsers know no clock but the machine's; cookies must not be over before they are set.
    app = await startTestApp({ dialect: 'sqlite', clock: fakeClock(Date.now()) });
    w = openWorld(app);
    chromium = await launchChromium();
    user = await w.user();
  });
  after(async () => {
    await chromium?.close();
    await app?.close();
  });

  interface Screen {
    readonly page: Page;
    readonly cdp: CDPSession;
    readonly authenticatorId: string;
    /** What the browser complained about: a blocked script, an exception. */
    readonly complaints: readonly string[];
    close(): Promise<void>;
  }

  async function screen({ verified = true, resident = true } = {}): Promise<Screen> {
    const context = await chromium.newContext({ locale: 'ko-KR' });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      // A refused form is a 400, which Chromium writes down as well.
      if (message.type() === 'error' && !message.text().includes('status of 4')) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const cdp = await context.newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: resident,
        hasUserVerification: true,
        isUserVerified: verified,
        automaticPresenceSimulation: true,
      },
    });
    return { page, cdp, authenticatorId, complaints, close: () => context.close() };
  }

  async function login(page: Page, of: TestUser): Promise<void> {
    await page.goto(`${w.url}/login`);
    await page.fill('#username', of.loginId);
    await page.fill('#password', of.password);
    await page.click('#login');
    await page.waitForLoadState();
  }

  test('are made, log in as the second factor and alone, and are named and removed', async () => {
    const s = await screen();
    const { page } = s;
    await login(page, user);
    await page.goto(`${w.url}/account/security`);
    assert.equal(await page.isVisible('[data-without-passkeys]'), false);
    await page.fill('#passkey-name', '내 노트북');
    await page.click('#add-passkey');
    await page.waitForSelector('#recovery-codes');
    assert.equal(await page.locator('#recovery-codes li').count(), 10);
    await page.click('#codes-kept');
    assert.match((await page.textContent('#passkeys')) ?? '', /내 노트북/);

    const logout = async (): Promise<void> => {
      await page.goto(`${w.url}/account`);
      await page.click('#logout');
      await page.waitForURL(`${w.url}/`);
    };
    await logout();
    await login(page, user);
    assert.equal(await page.isVisible('#passkey'), true, 'the password alone is not enough');
    await page.click('#passkey');
    await page.waitForURL(`${w.url}/account`);

    await logout();
    await page.goto(`${w.url}/login`);
    await page.click('#passkey');
    await page.waitForURL(`${w.url}/account`);
    assert.match((await page.textContent('main')) ?? '', new RegExp(user.loginId));

    await page.goto(`${w.url}/account/security`);
    await page.click('#passkeys summary');
    await page.fill('#name-1', '새 이름');
    await page.click('#rename-1');
    await page.waitForURL(/done=renamed/);
    assert.match((await page.textContent('#passkeys')) ?? '', /새 이름/);
    await page.click('#passkeys summary');
    await page.click('#remove-passkey-1');
    await page.waitForURL(/done=removed/);
    assert.deepEqual(s.complaints, []);
    await s.close();
  });

  test('that are in no authenticator fail in words, and the page’s other ways stand', async () => {
    const s = await screen();
    await s.page.goto(`${w.url}/login`);
    await s.page.click('#passkey');
    await s.page.waitForSelector('[data-failed]:not([hidden])');
    assert.match((await s.page.textContent('[data-failed]')) ?? '', /패스키를 쓰지 못했습니다/);
    assert.equal(await s.page.isEnabled('#passkey'), true);
    await login(s.page, user);
    await s.page.waitForURL(`${w.url}/account`);
    assert.deepEqual(s.complaints, []);
    await s.close();
  });

  test('AC-25: are not made where the person was not verified', async () => {
    const s = await screen({ verified: false });
    await login(s.page, user);
    await s.page.goto(`${w.url}/account/security`);
    await s.page.click('#add-passkey');
    await s.page.waitForSelector('[data-failed]:not([hidden])');
    assert.deepEqual((await app.storage.factors.of(user.muid)).passkeys, []);
    await s.close();
  });

  test('AC-25: with a counter that went back are refused', async () => {
    const other = await w.user();
    const s = await screen();
    await login(s.page, other);
    await s.page.goto(`${w.url}/account/security`);
    await s.page.click('#add-passkey');
    await s.page.waitForSelector('#recovery-codes');
    const { credentials } = await s.cdp.send('WebAuthn.getCredentials', { authenticatorId: s.authenticatorId });
    const [copy] = credentials;
    assert.ok(copy);
    const fresh = async (signCount: number): Promise<void> => {
      await s.cdp.send('WebAuthn.clearCredentials', { authenticatorId: s.authenticatorId });
      await s.cdp.send('WebAuthn.addCredential', {
        authenticatorId: s.authenticatorId,
        credential: { ...copy, signCount },
      });
      await s.page.context().clearCookies();
      await s.page.goto(`${w.url}/login`);
      await s.page.click('#passkey');
    };
    await fresh(50);
    await s.page.waitForURL(`${w.url}/account`);
    await fresh(3);
    await s.page.waitForSelector('#alarm');
    assert.match((await s.page.textContent('#alarm')) ?? '', /패스키를 확인하지 못했습니다/);
    await s.close();
  });

  test('are not offered without JavaScript: the pages say so, and the app’s code logs in', async () => {
    const context = await chromium.newContext({ javaScriptEnabled: false, locale: 'ko-KR' });
    const page = await context.newPage();
    await page.goto(`${w.url}/login`);
    assert.equal(await page.isVisible('#passkey'), false);
    await login(page, await w.user());
    await page.goto(`${w.url}/account/security`);
    assert.equal(await page.isVisible('#add-passkey'), false);
    assert.match((await page.textContent('[data-without-passkeys]')) ?? '', /자바스크립트/);
    await page.click('#add-totp');
    assert.equal(await page.isVisible('.qr'), true);
    await context.close();
  });
});
