import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import { ClientList } from '#contracts/console';
import { writeShape } from '../../src/developer/routes/shape.ts';
import { consolePageRoutes } from '../../src/main/console.ts';
import { content, openConsole, scope } from '../support/console.ts';
import { startEdge } from '../support/edge.ts';
import { onBoth } from '../support/suite.ts';

describe('An answer', () => {
  const row = {
    id: 'a'.repeat(32),
    name: '건강수첩',
    description: '',
    status: 'ACTIVE',
    type: 'web',
    changePending: false,
    updatedAt: 1,
    lastUsedAt: null,
  };

  test('has nothing in it that its contract does not name, however deep', () => {
    const given = { items: [{ ...row, ownerId: 'secret', secret: 'secret' }], total: 1 };
    assert.deepEqual(writeShape(ClientList, given), { items: [row] });
    assert.equal(given.total, 1, 'what the handler holds is left alone');
  });

  test('that lacks something goes nowhere', () => {
    const { status: _, ...rest } = row;
    assert.throws(() => writeShape(ClientList, { items: [rest] }), /not what its contract says/);
    assert.throws(() => writeShape(ClientList, { items: [{ ...row, status: 'DELETED' }] }));
  });
});

onBoth('The preview of a consent page', (world) => {
  test('says what the page would say of a half-filled form, in the language asked for, and stores nothing', async () => {
    const w = world();
    const developer = await w.user({ roles: ['developer'], name: '김개발' });
    const desk = await openConsole(w, developer);
    const form = content({
      name: '',
      redirectUris: ['no url', 'https://app.example.com/cb'],
      scopes: [scope('HEALTH', { level: 'OPTIONAL', purpose: '혈압 그래프' }), scope('PROFILE')],
    });
    const shown = await desk.ask('previewConsent', { body: { content: form, locale: 'en' } });
    assert.deepEqual([shown.clientName, shown.recipient, shown.destination], ['', '김개발', 'app.example.com']);
    assert.deepEqual(
      shown.notices.map(({ scope: name, required, sensitive, purpose }) => [name, required, sensitive, purpose]),
      [
        ['PROFILE', true, false, 'To recognise you and log you in'],
        ['HEALTH', false, true, '혈압 그래프'],
      ],
    );
    assert.deepEqual(await desk.ask('listClients'), { items: [] });
  });

  test('of a client names its owner, to the owner and to operators alone', async () => {
    const w = world();
    const client = await w.client({ owner: await w.user({ roles: ['developer'], name: '박주인' }) });
    const body = { content: content(), locale: 'ko', client: client.id };
    for (const user of [client.owner, await w.user({ roles: ['operator'] })]) {
      assert.equal((await (await openConsole(w, user)).ask('previewConsent', { body })).recipient, '박주인');
    }
    const stranger = await openConsole(w, await w.user({ roles: ['developer'] }));
    assert.equal((await stranger.call('previewConsent', { body })).status, 404);
  });
});

describe('The console’s pages', () => {
  const index = '<!doctype html><title>OAuth Clients</title>';

  async function built(): Promise<{ folder: string; remove: () => Promise<void> }> {
    const folder = await mkdtemp(join(tmpdir(), 'medbiz-console-'));
    await mkdir(join(folder, 'assets'));
    const files = [
      { file: 'index.html', type: 'text/html; charset=utf-8', immutable: false, encodings: [], bytes: 1 },
      { file: 'assets/a-1.js', type: 'text/javascript; charset=utf-8', immutable: true, encodings: ['br'], bytes: 1 },
    ];
    await writeFile(join(folder, 'built.json'), JSON.stringify({ sources: 'x', files }));
    await writeFile(join(folder, 'index.html'), index);
    await writeFile(join(folder, 'assets/a-1.js'), 'plain');
    await writeFile(join(folder, 'assets/a-1.js.br'), brotliCompressSync('plain'));
    await writeFile(join(folder, 'assets/secret.txt'), 'not of the build');
    return { folder, remove: () => rm(folder, { recursive: true }) };
  }

  test('are one page at each of its addresses, which runs our own scripts and nothing else', async () => {
    const { folder, remove } = await built();
    const edge = await startEdge({ routes: consolePageRoutes(folder) });
    for (const path of [
      '/console',
      '/console/clients/new',
      `/console/clients/${'a'.repeat(32)}`,
      '/console/operator/audit',
    ]) {
      const answer = await fetch(edge.url + path);
      assert.equal(await answer.text(), index);
      assert.equal(answer.headers.get('cache-control'), 'no-store');
      assert.equal(
        answer.headers.get('content-security-policy'),
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
      );
    }
    assert.equal((await fetch(`${edge.url}/console/nothing`)).status, 404);
    await edge.close();
    await remove();
  });

  test('bring assets that may be kept for ever, compressed where the browser takes it; nothing beside the build', async () => {
    const { folder, remove } = await built();
    const edge = await startEdge({ routes: consolePageRoutes(folder) });
    const asset = (name: string, encoding: string) =>
      fetch(`${edge.url}/console/assets/${name}`, { headers: { 'accept-encoding': encoding } });
    const plain = await asset('a-1.js', 'identity');
    assert.equal(await plain.text(), 'plain');
    assert.equal(plain.headers.get('cache-control'), 'public, max-age=31536000, immutable');
    assert.equal(plain.headers.get('vary'), 'Accept-Encoding');
    const small = await asset('a-1.js', 'gzip, deflate, br');
    assert.equal(small.headers.get('content-encoding'), 'br');
    assert.equal(await small.text(), 'plain');
    for (const name of ['secret.txt', 'a-1.js.br', '..%2findex.html', '%2e%2e%2fbuilt.json', 'nothing.js']) {
      assert.equal((await asset(name, 'identity')).status, 404, name);
    }
    await edge.close();
    await remove();
  });

  test('say how to build it where it is not built', async () => {
    const edge = await startEdge({ routes: consolePageRoutes(join(tmpdir(), 'no-such-folder')) });
    const answer = await fetch(`${edge.url}/console`);
    assert.equal(answer.status, 503);
    assert.match(await answer.text(), /tools\/build-console\.ts/);
    await edge.close();
  });
});

onBoth('Logging in on the way to the console', (world) => {
  test('leads back to the page that was asked for, and nowhere else', async () => {
    const w = world();
    const user = await w.user({ roles: ['developer'] });
    const browser = w.browser();
    await w.login(browser, user);
    const next = async (path: string): Promise<string | null> =>
      (await browser.get(`/login?next=${encodeURIComponent(path)}`)).location;
    for (const path of ['/console', `/console/clients/${'a'.repeat(32)}`, '/console/operator/audit?action=a.b']) {
      assert.equal(await next(path), w.url + path);
    }
    for (const path of [
      '/consolex',
      '//evil.example',
      '/console/../x',
      '/console//evil.example',
      '/console?a=/b',
      '/console/%2e',
    ]) {
      assert.equal(await next(path), `${w.url}/account`, path);
    }
  });
});
