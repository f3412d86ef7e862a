import { type Browser, formOf, type Page } from './browser.ts';
import type { TestClient, TestUser, World } from './world.ts';

/** A user's own pages, as a browser without scripts shows and sends them. */
export interface AccountPages {
  readonly browser: Browser;
  list(): Promise<Page>;
  details(client: Pick<TestClient, 'id'>): Promise<Page>;
  history(client: Pick<TestClient, 'id'>): Promise<Page>;
  /** Presses a button of the form that stands on the application's page; the page that comes then. */
  press(client: Pick<TestClient, 'id'>, name: 'scope' | 'kind', value: string): Promise<Page>;
  /** Both clicks. */
  disconnect(client: Pick<TestClient, 'id'>): Promise<Page>;
}

export const pathOf = (client: Pick<TestClient, 'id'>): string => `/account/connections/${client.id}`;

export async function accountPages(w: World, user: TestUser): Promise<AccountPages> {
  const browser = w.browser();
  await w.login(browser, user);
  return pagesIn(browser);
}

/** The pages in a browser that is logged in already, perhaps on another server. */
export const pagesIn = (browser: Browser): AccountPages => ({
  browser,
  list: () => browser.get('/account/connections'),
  details: (client) => browser.get(pathOf(client)),
  history: (client) => browser.get(`${pathOf(client)}/history`),
  async press(client, name, value) {
    const form = formOf(await browser.get(pathOf(client)), `withdraw-${name === 'kind' ? 'kind-' : ''}${value}`);
    return browser.follow(await browser.post(form.action, { ...form.fields, [name]: value }));
  },
  async disconnect(client) {
    const form = formOf(await browser.get(`${pathOf(client)}/disconnect`), 'confirm-disconnect');
    return browser.follow(await browser.post(form.action, form.fields));
  },
});

/** What a reader sees: without tags, with single spaces. */
export const textOf = (page: Pick<Page, 'text'>): string =>
  page.text
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
