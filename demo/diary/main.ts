/**
 * 건강 일기 (health diary): what another company's application looks like from the inside. It knows the platform by its
 * address, a client id and a secret, and speaks to it through the published library openid-client, as its documentation
 * says. Entries live in memory: the diary is a sample, not a product.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connectPlatform } from './platform.ts';
import { createRoutes } from './routes.ts';
import { createSessions } from './sessions.ts';

const setting = (name: string): string => {
  const value = process.env[`DIARY_${name}`];
  if (value === undefined || value === '') throw new Error(`DIARY_${name} is missing.`);
  return value;
};

const port = Number(setting('PORT'));
const url = `http://localhost:${port}`;
const platform = await connectPlatform({
  issuer: setting('ISSUER'),
  clientId: setting('CLIENT_ID'),
  clientSecret: setting('CLIENT_SECRET'),
  redirectUri: `${url}/callback`,
});
const handle = createRoutes({ url, platform, sessions: createSessions() });

const server = createServer((request: IncomingMessage, response: ServerResponse) => {
  handle(request, response).catch((error: unknown) => {
    console.error(error);
    if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
    response.end('일기를 열 수 없습니다. · The diary could not be opened.');
  });
});
server.listen(port, '127.0.0.1');

const stop = (): void => {
  server.close();
  server.closeAllConnections();
  if (process.connected) process.disconnect?.();
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
process.on('disconnect', stop);
