import type { Factors, ListedSession, Passkey } from '#identity';
import type { Locale } from '#kernel';
import {
  alarm,
  deviceName,
  field,
  foreign,
  hidden,
  type Html,
  html,
  passkeyForm,
  passkeysInstead,
  type wordsFor,
} from '#signin';

import { dayOf, momentOf } from '../dates.ts';
import type { SecurityWords } from '../words/security.ts';

export interface SecurityPage {
  readonly words: SecurityWords['security'];
  readonly passkeyWords: ReturnType<typeof wordsFor>['factor']['passkey'];
  readonly locale: Locale;
  readonly csrf: string;
  readonly factors: Factors;
  readonly passkeysPossible: boolean;
  readonly sessions: readonly ListedSession[];
  /** The lookup id of the session that looks. */
  readonly current: string;
  readonly deviceName: string;
  readonly done: string | null;
  readonly problem: string | null;
}

/** 보안: how the person logs in, and where he or she is logged in. */
export function securityPage(page: SecurityPage): Html {
  const { words, factors } = page;
  const isOn = factors.totp !== null || factors.passkeys.length > 0;
  return html`<h1>${words.title}</h1>
${alarm(page.problem)}
${page.done === null ? '' : html`<p class="done" role="status">${page.done}</p>`}
<p class="lead">${words.lead}</p>
<h2>${words.password}</h2>
<p><a class="link-button" href="/account/password">${words.changePassword}</a></p>
<h2>${words.second}</h2>
<p id="second-factor">${isOn ? words.secondOn : words.secondOff}</p>
${page.passkeysPossible || factors.passkeys.length > 0 ? passkeySection(page) : ''}
${totpSection(page)}
${isOn ? codesSection(page) : ''}
${sessionSection(page)}
<h2>${words.leaving}</h2>
<div class="side-by-side">
<a class="link-button" id="export" href="/account/export">${words.export}</a>
<a class="link-button" id="to-close" href="/account/close">${words.close}</a>
</div>
<p class="beside"><a href="/account">${words.back}</a></p>`;
}

function passkeySection(page: SecurityPage): Html {
  const { words, factors } = page;
  return html`<section aria-labelledby="passkeys-heading">
<h3 id="passkeys-heading">${words.passkeys}</h3>
<p>${words.passkeysHow}</p>
${
  factors.passkeys.length === 0
    ? html`<p class="fine">${words.noPasskeys}</p>`
    : html`<ul class="things" id="passkeys">${factors.passkeys.map((key, at) => passkeyItem(page, key, at + 1))}</ul>`
}
${
  page.passkeysPossible
    ? html`${passkeyForm({
        words: page.passkeyWords,
        kind: 'create',
        action: '/account/security/passkeys',
        options: '/account/security/passkeys/options',
        hidden: { csrf: page.csrf },
        button: page.passkeyWords.add,
        id: 'add-passkey',
        name: page.deviceName,
      })}
${passkeysInstead(page.passkeyWords)}`
    : ''
}
</section>`;
}

function passkeyItem({ words, locale, csrf }: SecurityPage, key: Passkey, at: number): Html {
  const used = key.lastUsedAt === null ? words.neverUsed : words.used(dayOf(key.lastUsedAt, locale));
  const facts = [words.made(dayOf(key.createdAt, locale)), used, ...(key.synced ? [words.synced] : [])];
  return html`<li>
<strong>${foreign(key.name)}</strong>
<p class="fine under-name">${facts.join(' · ')}</p>
<details class="more">
<summary>${words.edit}</summary>
<form method="post" action="/account/security/passkeys/name">
${hidden({ csrf, passkey: key.credentialId })}
${field({ name: `name-${at}`, label: words.newName, value: key.name, autocomplete: 'off', max: 64 })}
<button id="rename-${at}" class="even-button" type="submit">${words.rename}</button>
</form>
<form method="post" action="/account/security/passkeys/remove">
${hidden({ csrf, passkey: key.credentialId })}
<button id="remove-passkey-${at}" class="even-button danger" type="submit">${words.remove}</button>
</form>
</details>
</li>`;
}

function totpSection({ words, locale, csrf, factors }: SecurityPage): Html {
  const { totp } = factors;
  return html`<section aria-labelledby="totp-heading">
<h3 id="totp-heading">${words.totp}</h3>
<p>${words.totpHow}</p>
${
  totp === null
    ? html`<p><a class="link-button" id="add-totp" href="/account/security/totp">${words.addTotp}</a></p>`
    : html`<p class="fine" id="totp-on">${words.made(dayOf(totp.createdAt, locale))} · ${
        totp.lastUsedAt === null ? words.neverUsed : words.used(dayOf(totp.lastUsedAt, locale))
      }</p>
<div class="side-by-side">
<a class="link-button" id="replace-totp" href="/account/security/totp">${words.replaceTotp}</a>
<form method="post" action="/account/security/totp/remove">
${hidden({ csrf })}
<button id="remove-totp" class="even-button danger" type="submit">${words.removeTotp}</button>
</form>
</div>`
}
</section>`;
}

const codesSection = ({ words, csrf, factors }: SecurityPage): Html => html`<section aria-labelledby="codes-heading">
<h3 id="codes-heading">${words.codes}</h3>
<p>${words.codesHow} <strong id="codes-left">${words.codesLeft(factors.recoveryCodes)}</strong></p>
<form method="post" action="/account/security/recovery-codes" class="codes-form">
${hidden({ csrf })}
<p class="fine">${words.makeCodesHow}</p>
<button id="make-codes" class="even-button" type="submit">${words.makeCodes}</button>
</form>
</section>`;

function sessionSection(page: SecurityPage): Html {
  const { words, csrf, sessions, current } = page;
  return html`<section aria-labelledby="sessions-heading">
<h2 id="sessions-heading">${words.sessions}</h2>
<p>${words.sessionsHow}</p>
<ul class="things" id="sessions">${sessions.map((one, at) => sessionItem(page, one, at + 1))}</ul>
${
  sessions.some(({ lookupId }) => lookupId !== current)
    ? html`<form method="post" action="/account/security/sessions/end-others">
${hidden({ csrf })}
<button id="end-others" class="even-button" type="submit">${words.endOthers}</button>
</form>`
    : ''
}
</section>`;
}

function sessionItem({ words, locale, csrf, current }: SecurityPage, one: ListedSession, at: number): Html {
  const isThis = one.lookupId === current;
  const seen = [words.seen(momentOf(one.lastSeenAt, locale)), ...(one.ip === null ? [] : [words.from(one.ip)])];
  return html`<li><div class="thing">
<div><strong>${deviceName(one.userAgent ?? '', locale)}${isThis ? html` <span class="here">${words.thisOne}</span>` : ''}</strong>
<p class="fine">${seen.join(' · ')}</p>
<p class="fine">${words.since(momentOf(one.createdAt, locale))}</p></div>
${
  isThis
    ? ''
    : html`<form method="post" action="/account/security/sessions/end">
${hidden({ csrf, session: one.lookupId })}
<button id="end-${at}" class="even-button" type="submit">${words.end}</button>
</form>`
}
</div></li>`;
}
