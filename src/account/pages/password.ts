import { alarm, field, hidden, type Html, html } from '#signin';
import type { AccountWords } from '../words/index.ts';
import { back } from './back.ts';

export interface PasswordPage {
  readonly words: AccountWords['password'];
  readonly loginId: string;
  readonly csrf: string;
  readonly errors: { readonly old?: string; readonly next?: string };
  readonly alarm: string | null;
  readonly everywhere: boolean;
}

export const passwordPage = ({ words, errors, ...page }: PasswordPage): Html => html`${back('/account', words.back)}
<h1>${words.title}</h1>
${alarm(page.alarm)}
<p class="lead">${words.lead}</p>
<form method="post" action="/account/password" novalidate>
${hidden({ csrf: page.csrf })}
<input type="text" name="username" value="${page.loginId}" autocomplete="username" readonly hidden>
${field({ name: 'old-password', label: words.current, type: 'password', error: errors.old, autocomplete: 'current-password' })}
${field({ name: 'new-password', label: words.next, type: 'password', hint: words.nextHint, error: errors.next, autocomplete: 'new-password' })}
<label class="box" for="everywhere"><input type="checkbox" id="everywhere" name="everywhere" value="on"${
  page.everywhere ? html` checked` : ''
} aria-describedby="everywhere-how"><span>${words.everywhere}</span></label>
<p class="fine under-box" id="everywhere-how">${words.everywhereHow}</p>
<button id="change" class="main-button" type="submit">${words.button}</button>
</form>`;
