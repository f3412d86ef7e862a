import type { Words } from '../words/index.ts';
import { field, hidden } from './field.ts';
import { type Html, html } from './html.ts';

type RecoveryWords = Words['recovery'];

export interface AskPage {
  readonly words: RecoveryWords['askPassword'] | RecoveryWords['askLoginId'];
  readonly what: 'password' | 'login-id';
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly typed: string;
  readonly error: string | undefined;
  readonly otherHref: string;
}

/** Asks for a mail: one field, and the way to the other question. */
export function askPage({ words, what, typed, error, ...page }: AskPage): Html {
  const asked =
    what === 'password'
      ? ({ name: 'account', autocomplete: 'username' } as const)
      : ({ name: 'email', autocomplete: 'email', type: 'email', inputmode: 'email' } as const);
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<form method="post" action="/recover/${what}" novalidate>
${hidden(page.hidden)}
${field({ ...asked, label: words.field, value: typed, error, focus: true, max: 254 })}
<button id="send" class="main-button" type="submit">${words.button}</button>
</form>
<p class="beside">${words.other} <a href="${page.otherHref}">${words.otherLink}</a></p>`;
}

/** The same whoever was asked for: nobody learns here who has an account. */
export const sentPage = (words: RecoveryWords['sent'], what: AskPage['what']): Html => html`<h1>${words.title}</h1>
<p class="lead">${what === 'password' ? words.password : words.loginId}</p>
<p class="lead">${words.why}</p>
<h2>${words.heading}</h2>
<ul>
${words.tips.map((tip) => html`<li>${tip}</li>`)}
</ul>
${what === 'password' ? html`<p class="fine">${words.passwordTip}</p>` : ''}
<p class="beside"><a class="link-button" href="/login">${words.login}</a></p>`;

export const noMailPage = (words: RecoveryWords['none'], contact: string | null): Html => html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<p class="lead"><strong>${contact === null ? words.noContact : words.contact(contact)}</strong></p>
<p class="beside"><a class="link-button" href="/login">${words.login}</a></p>`;

export interface ResetPage {
  readonly words: RecoveryWords['reset'];
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly loginId: string;
  readonly error: string | undefined;
}

export const resetPage = ({ words, loginId, error, ...page }: ResetPage): Html => html`<h1>${words.title}</h1>
<dl class="facts"><div><dt>${words.account}</dt><dd><strong>${loginId}</strong></dd></div></dl>
<p class="lead">${words.lead}</p>
<form method="post" action="/recover/reset" novalidate>
${hidden(page.hidden)}
<input type="text" name="username" value="${loginId}" autocomplete="username" readonly hidden>
${field({ name: 'new-password', label: words.next, type: 'password', hint: words.nextHint, error, autocomplete: 'new-password', focus: true })}
<button id="change" class="main-button" type="submit">${words.button}</button>
</form>`;

export interface EmailPage {
  readonly words: RecoveryWords['email'];
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly loginId: string;
  readonly email: string;
}

/** Asks once more, since whatever scans mail opens links by itself. */
export const emailPage = ({ words, loginId, email, ...page }: EmailPage): Html => html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<dl class="facts">
<div><dt>${words.account}</dt><dd>${loginId}</dd></div>
<div><dt>${words.address}</dt><dd><strong>${email}</strong></dd></div>
</dl>
<form method="post" action="/recover/email">
${hidden(page.hidden)}
<button id="verify" class="main-button" type="submit">${words.button}</button>
</form>`;

/** Something is done, or can not be done: a sentence and where to go from here. */
export const endPage = (of: {
  readonly title: string;
  readonly sentences: readonly string[];
  readonly href: string;
  readonly onward: string;
}): Html => html`<h1>${of.title}</h1>
${of.sentences.map((sentence) => html`<p class="lead">${sentence}</p>`)}
<p><a class="main-button" id="onward" href="${of.href}">${of.onward}</a></p>`;
