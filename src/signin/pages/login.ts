import type { Words } from '../words/index.ts';
import { alarm, field, hidden } from './field.ts';
import { foreign, type Html, html } from './html.ts';
import { passkeyForm } from './passkey.ts';

export interface LoginPage {
  readonly words: Words['login'];
  /** Null where this address can't have passkeys. */
  readonly passkeyWords: Words['factor']['passkey'] | null;
  readonly action: string;
  /** Ticket, next, language and CSRF field. */
  readonly hidden: Readonly<Record<string, string | null>>;
  /** Who asked: a client's name, 'unnamed' while it must not be shown, null on our own login page. */
  readonly asker: { readonly name: string } | 'unnamed' | null;
  /** Somebody is logged in already and has to prove it, or to choose another account. */
  readonly current: {
    readonly name: string;
    readonly loginId: string;
    readonly fresh: boolean;
    readonly otherHref: string;
  } | null;
  /** The person chose to use another account. */
  readonly other: boolean;
  readonly username: string;
  readonly problem: string | null;
  readonly notice: string | null;
  readonly signupHref: string;
  /** Ways for somebody who forgot; without mail, whom to ask (null: no contact is known). */
  readonly forgot:
    | { readonly passwordHref: string; readonly loginIdHref: string }
    | { readonly contact: string | null };
}

export function loginPage(page: LoginPage): Html {
  const { words, current } = page;
  return html`<h1>${words.title}</h1>
${alarm(page.problem)}
${page.notice === null ? '' : html`<p class="notice" role="status">${page.notice}</p>`}
${page.asker === null ? '' : html`<p class="lead"><strong>${askedBy(page)}</strong></p><p class="quiet">${words.next}</p>`}
${
  current === null
    ? ''
    : html`<p class="notice">${words.again.before}${foreign(current.name)}${words.again.after(current.loginId)} ${current.fresh ? words.freshHow : words.againHow} <a href="${current.otherHref}">${words.other}</a></p>`
}
${page.other ? html`<p class="notice">${words.otherHow}</p>` : ''}
<form method="post" action="${page.action}">
${hidden(page.hidden)}
${field({ name: 'username', label: words.username, value: page.username, autocomplete: 'username', focus: page.username === '', max: 128 })}
${field({ name: 'password', label: words.password, type: 'password', autocomplete: 'current-password', focus: page.username !== '' })}
<button id="login" class="main-button" type="submit">${words.button}</button>
</form>
${
  page.passkeyWords === null
    ? ''
    : passkeyForm({
        words: page.passkeyWords,
        kind: 'get',
        action: '/login/passkey',
        options: '/login/passkey/options',
        hidden: page.hidden,
        button: page.passkeyWords.login,
        id: 'passkey',
      })
}
${forgot(page)}
<p class="beside">${words.noAccount} <a href="${page.signupHref}">${words.signup}</a></p>`;
}

function forgot({ words, forgot: of }: LoginPage): Html {
  if ('contact' in of) {
    return html`<p class="beside">${of.contact === null ? words.askSomebody : html`${words.askOperator}<br><strong>${of.contact}</strong>`}</p>`;
  }
  return html`<p class="beside"><a id="forgot-password" href="${of.passwordHref}">${words.forgotPassword}</a> <a id="forgot-login-id" href="${of.loginIdHref}">${words.forgotLoginId}</a></p>`;
}

const askedBy = ({ asker, words }: LoginPage): Html =>
  asker === 'unnamed' || asker === null ? html`${words.askedByApp}` : html`${foreign(asker.name)}${words.askedBy}`;
