/**
 * A browser without a screen for HTTP tests: keeps cookies, follows nothing by itself, reads forms out of pages. Real
 * Chromium is used where looks or scripts matter (tests/browser).
 */
export interface Page {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Absolute; null where there is none. */
  readonly location: string | null;
  /** Where the page was asked for. */
  readonly url: string;
}

export interface Form {
  readonly action: string;
  readonly method: string;
  /** Hidden and text fields with their values; check boxes are left out, as a browser would while they are not ticked. */
  readonly fields: Record<string, string>;
  readonly boxes: readonly string[];
}

export interface Browser {
  readonly cookies: Map<string, string>;
  get(url: string, headers?: Record<string, string>): Promise<Page>;
  post(
    url: string,
    fields: Record<string, string> | URLSearchParams | string,
    headers?: Record<string, string>,
  ): Promise<Page>;
  /** Follows redirects within our own origin until something else comes; the last page (a redirect to a client included). */
  follow(page: Page): Promise<Page>;
}

export function openBrowser(origin: string): Browser {
  const cookies = new Map<string, string>();
  const send = async (url: string, init: RequestInit, headers: Record<string, string>): Promise<Page> => {
    const absolute = new URL(url, origin).href;
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(absolute, {
      ...init,
      redirect: 'manual',
      headers: { ...(cookie === '' ? {} : { cookie }), ...headers },
    });
    for (const line of response.headers.getSetCookie()) keep(cookies, line);
    const location = response.headers.get('location');
    return {
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: location === null ? null : new URL(location, absolute).href,
      url: absolute,
    };
  };
  const browser: Browser = {
    cookies,
    get: (url, headers = {}) => send(url, { method: 'GET' }, headers),
    post: (url, fields, headers = {}) =>
      send(
        url,
        { method: 'POST', body: (typeof fields === 'string' ? fields : new URLSearchParams(fields)).toString() },
        { 'content-type': 'application/x-www-form-urlencoded', ...headers },
      ),
    async follow(page) {
      let current = page;
      for (let hops = 0; hops < 10 && current.location?.startsWith(`${origin}/`); hops++) {
        current = await browser.get(current.location);
      }
      return current;
    },
  };
  return browser;
}

function keep(cookies: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at).trim();
  const value = pair.slice(at + 1).trim();
  const gone = value === '' || attributes.some((one) => /^\s*max-age\s*=\s*0\s*$/i.test(one));
  if (gone) cookies.delete(name);
  else cookies.set(name, value);
}

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

const attribute = (tag: string, name: string): string | null => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found?.[1] === undefined ? null : unescape(found[1]);
};

/** The form that holds the element with this id, or the first one. */
export function formOf(page: Page, withId?: string): Form {
  const forms = [...page.text.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/g)].map(([text]) => text);
  const text = withId === undefined ? forms[0] : forms.find((one) => new RegExp(`\\sid="${withId}"`).test(one));
  if (text === undefined) throw new Error(`no form${withId ? ` with #${withId}` : ''} on ${page.url} (${page.status})`);
  const open = /<form\b[^>]*>/.exec(text)?.[0] ?? '';
  const fields: Record<string, string> = {};
  const boxes: string[] = [];
  for (const [tag] of text.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name');
    if (name === null) continue;
    if (attribute(tag, 'type') === 'checkbox') boxes.push(name);
    else fields[name] = attribute(tag, 'value') ?? '';
  }
  return {
    action: new URL(attribute(open, 'action') ?? page.url, page.url).href,
    method: attribute(open, 'method') ?? 'get',
    fields,
    boxes,
  };
}
