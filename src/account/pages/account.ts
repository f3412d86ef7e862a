import type { User } from '#identity';
import type { Locale } from '#kernel';
import { foreign, hidden, type Html, html } from '#signin';
import { dayOf } from '../dates.ts';
import type { AccountWords } from '../words/index.ts';

export interface AccountPage {
  readonly words: AccountWords;
  readonly user: User;
  /** Whether the address has been proven; null where no mail can be sent, so that it can not be. */
  readonly verified: boolean | null;
  readonly locale: Locale;
  readonly csrf: string;
  /** Something was just done. */
  readonly done: string | null;
}

/** 내 정보: everything that is held about the person, and what can be done about it. */
export function accountPage({ words, locale, user, verified, csrf, done }: AccountPage): Html {
  const of = words.account;
  const isDeveloper = user.roles.includes('developer');
  const usesConsole = isDeveloper || user.roles.includes('operator');
  return html`<h1>${of.title}</h1>
${done === null ? '' : html`<p class="done" role="status">${done}</p>`}
<ul class="menu">
${item('/account/connections', 'connections', of.connections, of.connectionsHow)}
${item('/account/consents', 'consents', of.consents, of.consentsHow)}
${item('/account/health', 'health', of.health, of.healthHow)}
${item('/account/health/reads', 'reads', of.reads, of.readsHow)}
${item('/account/devices', 'devices', of.devices, of.devicesHow)}
${item('/account/sharing', 'sharing', of.sharing, of.sharingHow)}
${item('/account/security', 'security', of.security, of.securityHow)}
${isDeveloper ? '' : item('/account/developer', 'developer', of.developer, of.developerHow)}
${usesConsole ? item('/console', 'console', of.console, of.consoleHow) : ''}
</ul>
<h2>${of.held}</h2>
<dl class="held">
${row(of.loginId, user.loginId)}
${row(of.name, foreign(user.name))}
<div><dt>${of.email}</dt><dd>${user.email}${verified === null ? '' : addressState(of, verified, csrf)}</dd></div>
${row(of.birthday, user.birthday === null ? of.none : dayOf(Date.parse(user.birthday), locale))}
${row(of.gender, words.genders[user.gender])}
${row(of.roles, user.roles.map((role) => words.roles[role]).join(', '))}
${row(of.joined, dayOf(user.createdAt, locale))}
<div><dt>${of.member}</dt><dd><code>${user.id}</code><p class="fine">${of.memberHow}</p></dd></div>
</dl>
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

const item = (href: string, id: string, name: string, what: string): Html =>
  html`<li><a href="${href}" id="to-${id}"><strong>${name}</strong><span>${what}</span></a></li>`;

const row = (name: string, value: string | Html): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
