import type { User } from '#identity';
import { foreign, hidden, type Html, html } from '#signin';
import type { AccountWords } from '../words.ts';

export interface AccountPage {
  readonly words: AccountWords;
  readonly user: User;
  /** Whether the address has been proven; null where no mail can be sent, so that it can not be. */
  readonly verified: boolean | null;
  /** Already in the page's language. */
  readonly joined: string;
  readonly csrf: string;
  /** Something was just done. */
  readonly done: string | null;
}

/** 내 정보: everything that is held about the person, and what can be done about it. */
export function accountPage({ words, user, verified, joined, csrf, done }: AccountPage): Html {
  const of = words.account;
  const isDeveloper = user.roles.includes('developer');
  return html`<h1>${of.title}</h1>
${done === null ? '' : html`<p class="done" role="status">${done}</p>`}
<p class="lead">${of.lead}</p>
<dl class="held">
${row(of.loginId, user.loginId)}
${row(of.name, foreign(user.name))}
<div><dt>${of.email}</dt><dd>${user.email}${verified === null ? '' : addressState(of, verified, csrf)}</dd></div>
${row(of.birthday, user.birthday ?? of.none)}
${row(of.gender, words.genders[user.gender])}
${row(of.roles, user.roles.map((role) => words.roles[role]).join(', '))}
${row(of.joined, joined)}
<div><dt>${of.member}</dt><dd><code>${user.id}</code><p class="fine">${of.memberHow}</p></dd></div>
</dl>
<h2>${of.security}</h2>
<p><a class="link-button" href="/account/password">${of.password}</a></p>
<h2>${of.developing}</h2>
${
  isDeveloper
    ? html`<p>${of.isDeveloper}</p>`
    : html`<p>${of.developerHow}</p><p><a class="link-button" href="/account/developer">${of.developer}</a></p>`
}
<form method="post" action="/logout" class="logout">
${hidden({ csrf })}
<button id="logout" class="even-button" type="submit">${of.logout}</button>
</form>`;
}

const addressState = (words: AccountWords['account'], verified: boolean, csrf: string): Html =>
  verified
    ? html`<p class="fine">${words.verified}</p>`
    : html`<p class="fine">${words.unverified}</p><form method="post" action="/account/email">${hidden({ csrf })}
<button id="verify-email" class="link-button" type="submit">${words.verify}</button>
</form>`;

const row = (name: string, value: string | Html): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
