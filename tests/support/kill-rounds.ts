import { randomInt } from 'node:crypto';
import { openBrowser, formOf, type Page } from './browser.ts';
import { makePeople, newInstallation } from './serve.ts';

export interface KillReport {
  readonly rounds: number;
  /** Tokens that a client had received when the server was killed. */
  readonly received: number;
  /** Received tokens that did not live after the restart. Must be empty. */
  readonly lost: readonly string[];
  /** Answers in the 500s that were seen while it ran. Must be 0. */
  readonly faults: number;
}

const CALLBACK = 'http://localhost:9/callback';

/**
 * Starts the real program, lets several clients redeem codes and refresh as fast as they can, kills it with SIGKILL in the
 * middle, starts it again on the same data and asks whether every token that a client had received still lives.
 */
export async function killRounds(rounds: number, tell: (line: string) => void): Promise<KillReport> {
  const installation = await newInstallation();
  let served = await installation.start();
  let received = 0;
  let faults = 0;
  const lost: string[] = [];
  try {
    const { client, password } = await makePeople(installation, CALLBACK);
    const basic = `Basic ${Buffer.from(`${client.client_id}:${client.client_secret ?? ''}`).toString('base64')}`;
    const authorize = `/oauth/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: CALLBACK,
    })}`;
    const browser = openBrowser(installation.url);
    const post = async (form: Record<string, string>) =>
      fetch(`${installation.url}/oauth/token`, {
        method: 'POST',
        headers: { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(form).toString(),
      });
    await logIn(browser, await browser.follow(await browser.get(authorize)), password);

    for (let round = 0; round < rounds; round++) {
      const tokens: string[] = [];
      let running = true;
      const worker = async (): Promise<void> => {
        while (running) {
          const page = await browser.get(authorize);
          const code = page.location === null ? null : new URL(page.location).searchParams.get('code');
          if (code === null) throw new Error(`no code: ${page.status} ${page.text.slice(0, 300)}`);
          const answer = await post({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK });
          if (answer.status >= 500) faults++;
          const body = (await answer.json()) as { access_token?: string; refresh_token?: string };
          if (body.access_token === undefined || body.refresh_token === undefined) continue;
          tokens.push(body.access_token);
          const again = await post({ grant_type: 'refresh_token', refresh_token: body.refresh_token });
          if (again.status >= 500) faults++;
          const next = (await again.json()) as { access_token?: string };
          if (next.access_token !== undefined) tokens.push(next.access_token);
        }
      };
      // A killed server breaks every open connection: that ends a worker and is no fault.
      const workers = Array.from({ length: 8 }, () => worker().catch((error: unknown) => error));
      await new Promise((resolve) => setTimeout(resolve, randomInt(250, 600)));
      await served.kill('SIGKILL');
      running = false;
      await Promise.all(workers);
      served = await installation.start();
      for (const token of tokens) {
        const me = await fetch(`${installation.url}/user/me`, { headers: { authorization: `Bearer ${token}` } });
        await me.arrayBuffer();
        if (me.status !== 200) lost.push(`round ${round}: ${me.status}`);
      }
      received += tokens.length;
      tell(
        `round ${round + 1}/${rounds}: ${tokens.length} tokens received before the kill, ${lost.length} lost so far`,
      );
    }
    return { rounds, received, lost, faults };
  } finally {
    await served.kill('SIGTERM');
    await installation.remove();
  }
}

async function logIn(browser: ReturnType<typeof openBrowser>, login: Page, password: string): Promise<void> {
  const form = formOf(login, 'login');
  const consent = await browser.follow(await browser.post(form.action, { ...form.fields, username: 'hong', password }));
  const agree = formOf(consent, 'allow');
  await browser.follow(await browser.post(agree.action, { ...agree.fields, decision: 'allow' })).catch(() => undefined);
}
