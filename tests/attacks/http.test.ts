import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect, type ConnectionOptions } from 'node:tls';
import { promisify } from 'node:util';
import { createEdge, openListener } from '#http';
import { fakeClock } from '../support/clock.ts';
import { rawRequest, ROUTES, startEdge } from '../support/edge.ts';
import { onBoth } from '../support/suite.ts';

describe('The HTTP layer', () => {
  test('HT-03: a header that Connection names is still read: it was sent to us, and nothing forwards it', async () => {
    const edge = await startEdge();
    const answer = await rawRequest(edge.port, [
      'GET /user/me HTTP/1.1',
      'Host: localhost',
      'Connection: X-Forwarded-For, Authorization',
      'X-Forwarded-For: 192.0.2.7',
    ]);
    assert.equal(answer.status, 200);
    await edge.close();
  });

  test('HT-04: speaks HTTP/1.1 alone: the preface of HTTP/2 is an unreadable request', async () => {
    const edge = await startEdge();
    const answer = await rawRequest(edge.port, ['PRI * HTTP/2.0', '', 'SM', '']);
    assert.equal(answer.status, 400);
    await edge.close();
  });

  test('HT-12: a huge body that asks first is refused without being read', async () => {
    const edge = await startEdge();
    const answer = await rawRequest(edge.port, [
      'POST /oauth/token HTTP/1.1',
      'Host: localhost',
      'Content-Type: application/x-www-form-urlencoded',
      'Content-Length: 10000000000',
      'Expect: 100-continue',
    ]);
    // The interim answer of Node itself may stand before ours.
    assert.match(`${answer.status} ${answer.body}`, /413/);
    await edge.close();
  });
});

describe('TLS', () => {
  let folder: string;
  let port: number;
  let close: () => Promise<void>;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'medbiz-tls-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    await promisify(execFile)('openssl', [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-keyout', key, '-out', cert],
    ]);
    const tls = { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') };
    const listener = await openListener({ host: '127.0.0.1', port: 0, tls });
    const quiet = (): void => undefined;
    const edge = await createEdge(
      {
        routes: ROUTES,
        publicUrl: `https://localhost:${listener.port}`,
        trustedProxies: 0,
        logger: { debug: quiet, info: quiet, warn: quiet, error: quiet },
        clock: fakeClock(),
        renderPageError: () => '',
        isPublicClientOrigin: async () => false,
      },
      listener,
    );
    port = listener.port;
    close = () => edge.close();
  });
  after(async () => {
    await close?.();
    await rm(folder, { recursive: true, force: true });
  });

  /** The first bytes of the answer to a plain request, or the error of the handshake. */
  function tryTls(options: ConnectionOptions): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false, ...options }, () => {
        socket.write('GET /user/me HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
      });
      let text = '';
      socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
      socket.on('error', (error) => resolve(`error ${error.message}`));
      socket.on('close', () => resolve(text));
    });
  }

  test('HT-15: begins at version 1.2 and has no weak cipher', async () => {
    const weak = { ciphers: 'ALL:@SECLEVEL=0' };
    for (const version of ['TLSv1', 'TLSv1.1'] as const) {
      assert.match(await tryTls({ minVersion: version, maxVersion: version, ...weak }), /^error/, version);
    }
    for (const ciphers of ['NULL', 'RC4', '3DES', 'aNULL', 'EXPORT']) {
      assert.match(
        await tryTls({ maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` }).catch(
          (error: unknown) => `error ${String(error)}`,
        ),
        /^error/,
        ciphers,
      );
    }
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      assert.match(await tryTls({ minVersion: version, maxVersion: version }), /^HTTP\/1\.1 200/, version);
    }
  });

  test('HT-16: on https every answer tells the browser to stay there', async () => {
    assert.match(await tryTls({}), /\r\nstrict-transport-security: max-age=\d{8}/i);
  });
});

onBoth('Floods', (world) => {
  test('HT-10: of names that do not exist leave nothing of themselves behind', async () => {
    const w = world();
    const first = Number.parseInt('abcdef00', 16);
    const idOf = (number: number): string => (first + number).toString(16).padStart(32, '9');
    const asks = async (number: number): Promise<void> => {
      const id = idOf(number);
      await (await fetch(`${w.url}/oauth/authorize?client_id=${id}&redirect_uri=https://evil.example`)).arrayBuffer();
      await (await fetch(`${w.url}/user/me`, { headers: { authorization: `Bearer mba_${id}` } })).arrayBuffer();
      const token = new URLSearchParams({ grant_type: 'refresh_token', client_id: id, client_secret: id });
      await (await fetch(`${w.url}/oauth/token`, { method: 'POST', body: token })).arrayBuffer();
    };
    for (let number = 0; number < 300; number += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, n) => asks(number + n)));
    }
    const dump = await w.app.dump();
    for (let number = 0; number < 300; number++) assert.equal(dump.includes(idOf(number)), false);
  });
});
