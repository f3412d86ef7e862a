import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, afterEach, before, beforeEach } from 'node:test';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { freePort, type Installation, type MadeClient, makePeople, newInstallation, type Served } from './serve.ts';

/** The real program from the command line, a client made as the README says, and a person in a real browser. */
export interface ThirdParty {
  readonly issuer: string;
  /** Where the application's own server listens. */
  readonly port: number;
  readonly redirectUri: string;
  readonly client: MadeClient;
  readonly secret: string;
  readonly user: { readonly userMuid: string; readonly userId: string };
  readonly page: Page;
  /** On our pages: logs in and presses 동의하고 계속하기 or 취소. */
  readonly agree: () => Promise<void>;
  readonly deny: () => Promise<void>;
  /** Opens the address as the person does, agrees, and returns the address that the application was called back at. */
  readonly visit: (authorization: string, decision?: 'agree' | 'deny') => Promise<URL>;
}

/** One installation for a suite, a fresh browser for each of its tests; `more` are words for `client create`. */
export function thirdParty(more: readonly string[] = []): () => ThirdParty {
  let installation: Installation | undefined;
  let served: Served | undefined;
  let browser: Browser | undefined;
  let context: BrowserContext | undefined;
  let party: ThirdParty | undefined;

  let made: Awaited<ReturnType<typeof makePeople>> | undefined;
  let port = 0;

  before(async () => {
    browser = await launchChromium();
    installation = await newInstallation();
    served = await installation.start();
    port = await freePort();
    made = await makePeople(installation, `http://localhost:${port}/callback`, more);
  });
  beforeEach(async () => {
    if (made === undefined || installation === undefined) throw new Error('nothing has started');
    const { client, user, password } = made;
    const redirectUri = `http://localhost:${port}/callback`;
    context = await browser?.newContext();
    const page = await context?.newPage();
    if (page === undefined) throw new Error('there is no browser');
    const logIn = async (): Promise<void> => {
      await page.fill('#username', user.userId);
      await page.fill('#password', password);
      await page.click('#login');
    };
    const agree = async (): Promise<void> => {
      await logIn();
      await page.click('#allow');
    };
    const deny = async (): Promise<void> => {
      await logIn();
      await page.click('#deny');
    };
    party = {
      issuer: installation.url,
      port,
      redirectUri,
      client,
      secret: client.client_secret ?? '',
      user,
      page,
      agree,
      deny,
      async visit(authorization, decision = 'agree') {
        const arrived = nextCallback(port);
        await page.goto(authorization);
        await (decision === 'agree' ? agree() : deny());
        return new URL(await arrived, redirectUri);
      },
    };
  });
  afterEach(async () => {
    await context?.close();
  });
  after(async () => {
    await browser?.close();
    await served?.kill('SIGTERM');
    await installation?.remove();
  });
  return () => {
    if (party === undefined) throw new Error('nothing has started');
    return party;
  };
}

/** The path and query of the next call back that the application's own server gets. */
async function nextCallback(port: number): Promise<string> {
  const server = createServer().listen(port, 'localhost');
  for (;;) {
    const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    response.end('done');
    if (!request.url?.startsWith('/callback')) continue;
    server.close();
    server.closeAllConnections();
    return request.url;
  }
}
