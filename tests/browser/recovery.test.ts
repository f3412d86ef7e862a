import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser } from 'playwright-core';
import { startTestApp } from '../support/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { type SmtpReceiver, startSmtp } from '../support/smtp.ts';
import { openWorld, type World } from '../support/world.ts';

const FRESH = 'sae-bimil-beonho-83';

describe('A forgotten password, in a real browser without JavaScript', () => {
  let smtp: SmtpReceiver;
  let world: World;
  let chromium: Browser;
  before(async () => {
    smtp = await startSmtp();
    const config = { smtpUrl: smtp.url, mailFrom: 'no-reply@example.com' };
    world = openWorld(await startTestApp({ dialect: 'sqlite', config }));
    chromium = await launchChromium();
  });
  after(async () => {
    await chromium.close();
    await world.app.close();
    await smtp.close();
  });

  test('AC-15: from the login page to a new password; the link’s value is in no address and no referrer', async () => {
    const user = await world.user();
    const context = await chromium.newContext({ javaScriptEnabled: false, locale: 'ko-KR' });
    const page = await context.newPage();
    const complaints: string[] = [];
    const referrers: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('request', (request) => referrers.push(request.headers()['referer'] ?? ''));
    await page.goto(`${world.url}/login`);
    await page.click('#forgot-password');
    await page.fill('#account', user.loginId);
    await page.click('#send');
    assert.match(page.url(), /\/recover\/password\/sent$/);

    const mail = await smtp.next(user.email);
    const [link = ''] = /http\S+link=\S+/.exec(mail.text) ?? [];
    const value = new URL(link).searchParams.get('link') ?? '';
    await page.goto(link);
    assert.equal(page.url(), `${world.url}/recover/reset`);
    await page.fill('#new-password', 'password1');
    await page.click('#change');
    assert.equal(await page.locator('#new-password-error').count(), 1);
    await page.fill('#new-password', FRESH);
    await page.click('#change');
    assert.equal(page.url(), `${world.url}/recover/reset/done`);
    await page.click('#onward');
    await page.fill('#username', user.loginId);
    await page.fill('#password', FRESH);
    await page.click('#login');
    assert.equal(page.url(), `${world.url}/account`);
    assert.equal(referrers.filter((each) => each.includes(value)).length, 0);
    assert.ok(value.startsWith('mbp_'));
    // A refused form is a 400, which Chromium notes; nothing of the page itself was blocked.
    assert.deepEqual(
      complaints.filter((text) => !text.includes('status of 400')),
      [],
    );
    await context.close();
  });
});
