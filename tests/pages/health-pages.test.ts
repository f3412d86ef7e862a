import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, SECOND } from '#kernel';
import { type Browser, formOf, type Page } from '../support/browser.ts';
import { makeDevice, makeProduct, post, tokenFor } from '../support/devices.ts';
import { healthOf, readHealth, readShared } from '../support/health.ts';
import { onBoth } from '../support/suite.ts';
import type { TestUser, World } from '../support/world.ts';

const BP = 'obxRootRefId=BLOOD_PRESSURE';

async function loggedIn(w: World, user: TestUser): Promise<Browser> {
  const browser = w.browser();
  await w.login(browser, user);
  return browser;
}

/** Sends the form that holds this element, with more fields; follows to the page that comes. */
async function submit(browser: Browser, page: Page, id: string, more: Record<string, string> = {}): Promise<Page> {
  const form = formOf(page, id);
  return browser.follow(await browser.post(form.action, { ...form.fields, ...more }));
}

/** The form with this action. */
async function submitTo(browser: Browser, page: Page, path: string, more: Record<string, string> = {}): Promise<Page> {
  const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  return browser.follow(await browser.post(path, { csrf, ...more }));
}

const dayIn = (w: World, days: number): string => new Date(w.app.clock.now() + days * DAY).toISOString().slice(0, 10);

/** Every page is whole in both languages, with ids that are unique and labels that lead somewhere. */
function assertWhole(page: Page): void {
  assert.equal(page.status, 200, page.text.slice(0, 300));
  assert.equal(page.text.match(/<h1>/g)?.length, 1);
  assert.doesNotMatch(page.text, /<script|\son[a-z]+=|\sstyle=/i);
  const ids = [...page.text.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
  assert.deepEqual(ids, [...new Set(ids)]);
  for (const [, target = ''] of page.text.matchAll(/(?:\sfor|aria-labelledby)="([^"]+)"/g))
    assert.ok(ids.includes(target), target);
  for (const [, targets = ''] of page.text.matchAll(/aria-describedby="([^"]+)"/g)) {
    for (const target of targets.split(' ')) assert.ok(ids.includes(target), target);
  }
}

onBoth('The pages about devices and health data', (world) => {
  test('a device is added by its number, renamed and removed, without any script', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const browser = await loggedIn(w, await w.user());
    const empty = await browser.get('/account/devices');
    assertWhole(empty);
    assert.match(empty.text, /id="no-devices"/);
    const typed = device.muid.toUpperCase().replaceAll(/(.{8})(?=.)/g, '$1-');
    const without = await submit(browser, empty, 'add-device', { device: typed });
    assert.equal(without.status, 400);
    assert.match(without.text, /id="agree-error"/);
    const added = await submit(browser, empty, 'add-device', { device: typed, nickname: '거실', agree: 'on' });
    assertWhole(added);
    assert.match(added.text, /role="status"/);
    assert.match(added.text, /<bdi>거실<\/bdi>/);
    const renamed = await submitTo(browser, added, `/account/devices/${device.muid}/name`, {
      [`nickname-${device.muid}`]: '침실',
    });
    assert.match(renamed.text, /<bdi>침실<\/bdi>/);
    const removed = await submitTo(browser, renamed, `/account/devices/${device.muid}/remove`);
    assert.match(removed.text, /id="no-devices"/);
    const english = await browser.get('/account/devices?lang=en');
    assert.doesNotMatch(english.text.replace('>한국어<', ''), /[가-힣]/);
  });

  test('a form of somebody else, and a device of somebody else, change nothing', async () => {
    const w = world();
    const device = await makeDevice(w, await makeProduct(w));
    const owner = await loggedIn(w, await w.user());
    const page = await submit(owner, await owner.get('/account/devices'), 'add-device', {
      device: device.muid,
      agree: 'on',
    });
    const other = await loggedIn(w, await w.user());
    const theirs = await other.get('/account/devices');
    assert.equal((await submitTo(other, theirs, `/account/devices/${device.muid}/remove`)).status, 404);
    const taken = await submit(other, theirs, 'add-device', { device: device.muid, agree: 'on' });
    assert.equal(taken.status, 400);
    assert.match(taken.text, /role="alert"/);
    const forged = await owner.post(`/account/devices/${device.muid}/remove`, { csrf: 'x' });
    assert.equal(forged.status, 403);
    const elsewhere = await owner.post(`/account/devices/${device.muid}/remove`, formOf(page, 'add-device').fields, {
      origin: 'https://evil.example',
    });
    assert.equal(elsewhere.status, 403);
    assert.match((await owner.get('/account/devices')).text, new RegExp(device.muid));
  });

  test('a share is made by login id, kind and day, and reaches an application only after a consent of its own', async () => {
    const w = world();
    const [patient, doctor] = [await w.user(), await w.user()];
    const device = await makeDevice(w, await makeProduct(w));
    const browser = await loggedIn(w, patient);
    await submit(browser, await browser.get('/account/devices'), 'add-device', { device: device.muid, agree: 'on' });
    await post(w, device.muid, device.secret, 'bloodpressure', { systolic: 141 });
    const { token, client } = await tokenFor(w, doctor, ['HEALTH']);
    const read = async () => (await readShared(w, token, patient.loginId, BP)).status;

    const start = await browser.get('/account/sharing');
    assertWhole(start);
    const wrong = await submit(browser, start, 'share', { login: patient.loginId, day: dayIn(w, 400) });
    assert.equal(wrong.status, 400);
    for (const id of ['login-error', 'kinds-error', 'day-error']) assert.match(wrong.text, new RegExp(`id="${id}"`));
    const wish = { login: doctor.loginId, 'kind-BLOOD_PRESSURE': 'on', day: dayIn(w, 30) };
    const shared = await submit(browser, start, 'share', wish);
    assertWhole(shared);
    assert.equal(await read(), 404);

    const id = /id="share-([0-9a-z]{26})"/.exec(shared.text)?.[1] ?? '';
    const notFound = await browser.get(`/account/sharing/${id}/application?client=${'0'.repeat(32)}`);
    assert.equal(notFound.status, 400);
    const notice = await browser.get(`/account/sharing/${id}/application?client=${client.id}`);
    assertWhole(notice);
    assert.ok(notice.text.includes(client.owner.name));
    assert.doesNotMatch(notice.text, /\schecked/);
    assert.equal((await submit(browser, notice, 'allow-application')).status, 400);
    assert.equal(await read(), 404);
    const allowed = await submit(browser, notice, 'allow-application', { agree: 'on' });
    assertWhole(allowed);
    assert.equal(await read(), 200);

    const theirs = await loggedIn(w, doctor);
    assert.match((await theirs.get('/account/sharing')).text, new RegExp(patient.loginId));
    assert.equal(
      (await submitTo(theirs, await theirs.get('/account/sharing'), `/account/sharing/${id}/end`)).status,
      404,
    );
    const block = /action="(\/account\/sharing\/application\/[0-9a-z]{26}\/end)"/.exec(allowed.text)?.[1] ?? '';
    await submitTo(browser, allowed, block);
    assert.equal(await read(), 404);
    await submit(browser, notice, 'allow-application', { agree: 'on' });
    assert.equal(await read(), 200);
    const ended = await submitTo(browser, allowed, `/account/sharing/${id}/end`);
    assertWhole(ended);
    assert.equal(await read(), 404);
  });

  test('RS-13: sharing with nobody looks like sharing with somebody', async () => {
    const w = world();
    const browser = await loggedIn(w, await w.user());
    const start = await browser.get('/account/sharing');
    const wish = { login: 'nobody-has-this', 'kind-TEMP': 'on', day: dayIn(w, 1) };
    const shared = await submit(browser, start, 'share', wish);
    assert.equal(shared.status, 200);
    assert.match(shared.text, /<bdi>nobody-has-this<\/bdi>/);
  });

  test('who has seen it is on the page at once, by kind and day, and in a file that runs no formula', async () => {
    const w = world();
    const user = await w.user();
    const device = await makeDevice(w, await makeProduct(w));
    const browser = await loggedIn(w, user);
    await submit(browser, await browser.get('/account/devices'), 'add-device', { device: device.muid, agree: 'on' });
    await post(w, device.muid, device.secret, 'bloodpressure', { systolic: 141 });
    const client = await w.client({ scopes: ['HEALTH'], name: '=HYPERLINK("https://evil.example")' });
    const { access_token: token } = await w.tokens(client, user);
    assert.match((await browser.get('/account/health/reads')).text, /id="no-reads"/);
    for (let i = 0; i < 55; i++) {
      w.app.clock.advance(SECOND);
      await readHealth(w, token, i % 2 === 0 ? BP : 'obxRootRefId=TEMP');
    }
    const first = await browser.get('/account/health/reads');
    assertWhole(first);
    assert.equal(first.text.match(/<tr><td>/g)?.length, 50);
    const more = /id="more" class="link-button" href="([^"]+)"/.exec(first.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
    assert.equal((await browser.get(more)).text.match(/<tr><td>/g)?.length, 5);
    const some = await browser.get(`/account/health/reads?root=TEMP&from=${dayIn(w, 0)}&to=${dayIn(w, 0)}`);
    assert.equal(some.text.match(/<tr><td>/g)?.length, 27);
    assert.match((await browser.get(`/account/health/reads?to=${dayIn(w, -2)}`)).text, /id="no-reads"/);
    assertWhole(await browser.get('/account/health/reads?lang=en'));

    const file = await browser.get('/account/health/reads.csv?lang=ko');
    assert.match(file.headers.get('content-type') ?? '', /^text\/csv/);
    assert.match(file.headers.get('content-disposition') ?? '', /^attachment/);
    assert.equal(file.text.split('\r\n').length, 57);
    assert.match(file.text, /,"'=HYPERLINK\(""https/);
    assert.doesNotMatch(file.text, /(?:^|,)"?[=+@-]/m);
    const stranger = await loggedIn(w, await w.user());
    assert.match((await stranger.get('/account/health/reads')).text, /id="no-reads"/);
  });

  test('one’s own data is taken along and erased', async () => {
    const w = world();
    const user = await w.user();
    const device = await makeDevice(w, await makeProduct(w));
    const browser = await loggedIn(w, user);
    await submit(browser, await browser.get('/account/devices'), 'add-device', { device: device.muid, agree: 'on' });
    for (const systolic of [121, 122])
      await post(w, device.muid, device.secret, 'bloodpressure', { systolic, pulse: 60 });
    const page = await browser.get('/account/health');
    assertWhole(page);
    const file = await submit(browser, page, 'export');
    assert.match(file.headers.get('content-type') ?? '', /^text\/csv/);
    assert.equal(file.text.split('\r\n').length, 1 + 4 + 1);
    assert.match(file.text, /,systolic,121,mmHg/);
    assert.equal((await submit(browser, page, 'erase')).status, 400);
    const erased = await submit(browser, page, 'erase', { sure: 'on' });
    assertWhole(erased);
    assert.match(erased.text, /id="no-health"/);
    const { token } = await tokenFor(w, user, ['HEALTH']);
    assert.equal(healthOf(await readHealth(w, token, BP)).total, 0);
    const actions = (await w.app.storage.audit.list({ subject: user.muid, limit: 50 })).map(({ action }) => action);
    for (const action of ['device.added', 'health.exported', 'health.erased'] as const)
      assert.ok(actions.includes(action), action);
  });

  test('whoever is not logged in is led to the login page and back', async () => {
    const w = world();
    const user = await w.user();
    for (const path of ['/account/devices', '/account/sharing', '/account/health', '/account/health/reads']) {
      const browser = w.browser();
      const login = await browser.follow(await browser.get(path));
      const form = formOf(login, 'login');
      const back = await browser.post(form.action, { ...form.fields, username: user.loginId, password: user.password });
      assert.equal(back.location, `${w.url}${path}`);
    }
  });
});
