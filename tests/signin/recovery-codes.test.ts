import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codesOn, isLoggedIn, passwordStep, press, userWithTotp } from '../support/factors.ts';
import { onBoth } from '../support/suite.ts';

onBoth('Recovery codes', (world) => {
  test('are ten, shown once, when the first factor is made', async () => {
    const w = world();
    const { codes, browser } = await userWithTotp(w);
    assert.equal(codes.length, 10);
    assert.equal(new Set(codes).size, 10);
    const page = await browser.get('/account/security');
    for (const code of codes) assert.equal(page.text.includes(code), false);
    assert.match(page.text, /복구 코드가 10개 있습니다/);
  });

  test('AC-24: log in once each, and the page says how many are left', async () => {
    const w = world();
    const { user, codes } = await userWithTotp(w);
    const [first = '', second = ''] = codes;
    const browser = w.browser();
    const answer = await press(browser, await passwordStep(browser, user), 'use-recovery', { 'recovery-code': first });
    assert.equal(answer.status, 303);
    assert.match((await browser.get('/account/security')).text, /복구 코드가 9개 있습니다/);
    const again = w.browser();
    const page = await passwordStep(again, user);
    assert.equal((await press(again, page, 'use-recovery', { 'recovery-code': first })).status, 400);
    assert.equal((await press(again, page, 'use-recovery', { 'recovery-code': second })).status, 303);
  });

  test('AC-24: of parallel uses of one code one wins', async () => {
    const w = world();
    const { user, codes } = await userWithTotp(w);
    const [code = ''] = codes;
    const browsers = Array.from({ length: 5 }, () => w.browser());
    const answers = await Promise.all(
      browsers.map(async (browser) =>
        press(browser, await passwordStep(browser, user), 'use-recovery', { 'recovery-code': code }),
      ),
    );
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 400, 400, 400, 400],
    );
    const inside = await Promise.all(browsers.map(isLoggedIn));
    assert.equal(inside.filter(Boolean).length, 1);
  });

  test('AC-24: are read in any case, with or without dashes, and with letters for look-alike digits', async () => {
    const w = world();
    const { user, codes } = await userWithTotp(w);
    const spellings = [
      (code: string) => code.toUpperCase(),
      (code: string) => code.replaceAll('-', ''),
      (code: string) => ` ${code.replaceAll('-', ' ')} `,
      (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('-', '–'),
    ];
    for (const [at, spell] of spellings.entries()) {
      const browser = w.browser();
      const typed = spell(codes[at] ?? '');
      const page = await passwordStep(browser, user);
      const answer = await press(browser, page, 'use-recovery', { 'recovery-code': typed });
      assert.equal(answer.status, 303, typed);
    }
  });

  test('AC-24: a guess counts like a code of the app, and another person’s code is none', async () => {
    const w = world();
    const mine = await userWithTotp(w);
    const theirs = await userWithTotp(w);
    const browser = w.browser();
    const page = await passwordStep(browser, mine.user);
    const guesses = [theirs.codes[0] ?? '', '0000-0000-0000', 'zzzz-zzzz-zzzz', 'x', ''];
    for (const guess of guesses.slice(0, 4)) {
      assert.equal((await press(browser, page, 'use-recovery', { 'recovery-code': guess })).status, 400);
    }
    const last = await press(browser, page, 'use-recovery', { 'recovery-code': guesses[4] ?? '' });
    assert.match(last.location ?? '', /over=1/);
    const later = w.browser();
    const blocked = await press(later, await passwordStep(later, mine.user), 'use-recovery', {
      'recovery-code': mine.codes[0] ?? '',
    });
    assert.equal(blocked.status, 429);
  });

  test('made anew, end the old ones', async () => {
    const w = world();
    const { user, codes, browser } = await userWithTotp(w);
    const made = await press(browser, await browser.get('/account/security'), 'make-codes');
    const fresh = codesOn(made);
    assert.equal(fresh.length, 10);
    assert.equal(
      fresh.some((code) => codes.includes(code)),
      false,
    );
    const other = w.browser();
    const page = await passwordStep(other, user);
    assert.equal((await press(other, page, 'use-recovery', { 'recovery-code': codes[0] ?? '' })).status, 400);
    assert.equal((await press(other, page, 'use-recovery', { 'recovery-code': fresh[0] ?? '' })).status, 303);
  });

  test('are not made for somebody without a factor', async () => {
    const w = world();
    const browser = w.browser();
    await w.login(browser, await w.user());
    const page = await browser.get('/account/security');
    assert.doesNotMatch(page.text, /\sid="make-codes"/);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    assert.equal((await browser.post('/account/security/recovery-codes', { csrf })).status, 400);
  });
});
