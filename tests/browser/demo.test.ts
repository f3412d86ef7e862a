import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { type Demo, startDemo } from '../support/demo.ts';
import { freePort } from '../support/serve.ts';

/** The first five minutes of somebody new: one command, one application of another company, one person in a browser. */
describe('npm run demo', () => {
  let demo: Demo;
  let browser: Browser;
  /** What Content-Security-Policy or a missing file made the browser complain about. */
  const complaints: string[] = [];
  before(async () => {
    [demo, browser] = await Promise.all([startDemo(), launchChromium()]);
  });
  after(async () => {
    await browser?.close();
    await demo?.interrupt();
  });

  async function visit(options: { width: number; locale: string }): Promise<Page> {
    const context = await browser.newContext({
      viewport: { width: options.width, height: 800 },
      locale: options.locale,
    });
    const page = await context.newPage();
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`);
    });
    await page.goto(demo.appUrl);
    return page;
  }

  async function logIn(page: Page): Promise<void> {
    await page.click('#medbiz-login');
    await page.fill('#username', 'haneul');
    await page.fill('#password', demo.passwords.get('haneul') ?? '');
    await page.click('#login');
  }

  test('says where to go and who can log in', () => {
    assert.deepEqual([...demo.passwords.keys()], ['haneul', 'hanbit', 'seojun']);
    for (const password of demo.passwords.values()) assert.match(password, /^[a-z]+-[a-z]+-[a-z]+-\d{3}$/);
  });

  test('logs a person in on a phone: diary, login, consent, profile, an entry, a new token, logout, in Korean', async () => {
    const page = await visit({ width: 390, locale: 'ko-KR' });
    await logIn(page);
    // Nobody is told apart from who asks: the consent page names the application and its company.
    assert.match(await page.innerText('main'), /건강 일기[\s\S]*한빛소프트/);
    await page.click('#allow');
    assert.equal(await page.innerText('#greeting'), '김하늘 님의 일기');
    assert.match(await page.innerText('#profile'), /haneul@example\.com[\s\S]*1990-05-17/);
    assert.equal(
      await page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth'),
      true,
    );

    await page.fill('input[name=text]', '<b>허리</b>가 뻐근합니다');
    await page.click('#write');
    assert.match(await page.innerText('.entries'), /<b>허리<\/b>가 뻐근합니다/);
    await page.click('#refresh');
    assert.equal(await page.innerText('#notice-refreshed'), '토큰을 새로 받았습니다.');

    await page.click('#logout');
    assert.match(await page.innerText('#notice-logged-out'), /모두 끝났습니다/);
    // The person is still logged in at the platform and has agreed before: one click and the diary is back.
    await page.click('#medbiz-login');
    assert.equal(await page.innerText('#greeting'), '김하늘 님의 일기');
    await page.context().close();
  });

  test('takes a refusal as an answer, and offers the login again, in English', async () => {
    const page = await visit({ width: 1280, locale: 'en-GB' });
    await page.click('#medbiz-login');
    await page.fill('#username', 'hanbit');
    await page.fill('#password', demo.passwords.get('hanbit') ?? '');
    await page.click('#login');
    await page.click('#deny');
    assert.match(await page.innerText('#notice-refused'), /You did not agree/);
    assert.equal(await page.isVisible('#medbiz-login'), true);
    await page.context().close();
  });

  test('sees at its next request that the person has disconnected it at the platform', async () => {
    const page = await visit({ width: 1280, locale: 'ko-KR' });
    await logIn(page);
    if (await page.isVisible('#allow')) await page.click('#allow');
    await page.waitForSelector('#greeting');
    const account = await page.context().newPage();
    await account.goto(`${demo.url}/account/connections/${demo.clientId}/disconnect`);
    await account.click('#confirm-disconnect');
    await account.waitForURL(/\/account\/connections/);
    await page.reload();
    assert.match(await page.innerText('#notice-ended'), /연결이 끝났습니다/);
    await page.context().close();
  });

  test('does not take an answer that it did not ask for', async () => {
    const page = await visit({ width: 1280, locale: 'ko-KR' });
    await page.goto(`${demo.appUrl}/callback?code=stolen&state=forged`);
    assert.match(await page.innerText('#notice-failed'), /다시 시작해/);
    await page.context().close();
  });

  test('gives the browser nothing to complain about on any of these pages', () => {
    assert.deepEqual(complaints, []);
  });
});

describe('npm run demo, when it ends,', () => {
  test('leaves neither a process nor a file behind, and finds its data again in a folder that was named', async () => {
    const [port, appPort] = [await freePort(), await freePort()];
    const folder = await mkdtemp(join(tmpdir(), 'medbiz-named-'));
    const others = await temporary();
    try {
      const first = await startDemo(['--data', folder], { port, appPort });
      assert.equal(await first.interrupt(), 0);
      await assert.rejects(fetch(first.url));
      await assert.rejects(fetch(first.appUrl));
      const again = await startDemo(['--data', folder], { port, appPort });
      assert.equal(again.clientId, first.clientId);
      assert.deepEqual(again.passwords, first.passwords);
      assert.equal(await again.interrupt(), 0);

      const fleeting = await startDemo([], { port, appPort });
      assert.equal(await fleeting.interrupt(), 0);
      assert.deepEqual(await temporary(), others);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

const temporary = async (): Promise<string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('medbiz-demo-')).toSorted();
