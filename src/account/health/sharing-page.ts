import type { Share } from '#apis/ports';
import { HEALTH_KINDS, type HealthKind, kindName } from '#consent';
import type { Locale } from '#kernel';
import { alarm, field, foreign, hidden, type Html, html } from '#signin';
import { dayText } from './days.ts';
import type { HealthWords } from './words.ts';

export interface SharingPage {
  readonly words: HealthWords;
  readonly locale: Locale;
  readonly csrf: string;
  readonly given: readonly Share[];
  readonly received: readonly Share[];
  readonly done: string | null;
  readonly alarm: string | null;
  readonly errors: { readonly login?: string; readonly kinds?: string; readonly day?: string };
  readonly typed: { readonly login: string; readonly kinds: readonly HealthKind[]; readonly day: string };
}

/** 건강정보 공유. */
export function sharingPage({
  words: all,
  locale,
  csrf,
  given,
  received,
  done,
  errors,
  typed,
  ...page
}: SharingPage): Html {
  const words = all.sharing;
  return html`<h1>${words.title}</h1>
${done === null ? '' : html`<p class="done" role="status">${done}</p>`}
${alarm(page.alarm)}
<p class="lead">${words.lead}</p>
<h2>${words.given}</h2>
${given.length === 0 ? html`<p>${words.empty}</p>` : given.map((one) => shareCard(words, locale, csrf, one))}
<h2>${words.newTitle}</h2>
<form method="post" action="/account/sharing" novalidate>
${hidden({ csrf })}
${field({ name: 'login', label: words.login, hint: words.loginHint, value: typed.login, error: errors.login, autocomplete: 'off' })}
<fieldset class="kinds">
<legend>${words.kinds}</legend>
${errors.kinds === undefined ? '' : html`<p class="error" id="kinds-error" role="alert">${errors.kinds}</p>`}
<div class="kind-list">${HEALTH_KINDS.map((kind) => kindBox(kind, locale, typed.kinds.includes(kind)))}</div>
</fieldset>
<div class="field${errors.day === undefined ? '' : ' wrong'}">
<label for="day">${words.day}</label>
<p class="hint" id="day-hint">${words.dayHint}</p>
${errors.day === undefined ? '' : html`<p class="error" id="day-error">${errors.day}</p>`}
<input id="day" name="day" type="date" value="${typed.day}" aria-describedby="day-hint${errors.day === undefined ? '' : ' day-error'}">
</div>
<button id="share" class="main-button" type="submit">${words.create}</button>
</form>
<h2>${words.received}</h2>
${
  received.length === 0
    ? html`<p>${words.emptyReceived}</p>`
    : received.map(
        (one) => html`<dl class="held" id="received-${one.id}">
<div><dt>${words.from}</dt><dd>${foreign(one.ownerLogin)}</dd></div>
<div><dt>${words.kinds}</dt><dd>${kindName(one.root, locale)}</dd></div>
<div><dt>${words.until}</dt><dd>${dayText(one.expiresAt - 1, locale)}</dd></div>
</dl>`,
      )
}
<p class="beside"><a href="/account">${all.back}</a></p>`;
}

const kindBox = (kind: HealthKind, locale: Locale, ticked: boolean): Html =>
  html`<label class="box" for="kind-${kind}"><input type="checkbox" id="kind-${kind}" name="kind-${kind}" value="on"${
    ticked ? html` checked` : ''
  }><span>${kindName(kind, locale)}</span></label>`;

const shareCard = (words: HealthWords['sharing'], locale: Locale, csrf: string, share: Share): Html => html`
<section aria-labelledby="share-${share.id}">
<h3 id="share-${share.id}">${kindName(share.root, locale)}</h3>
<dl class="held">
<div><dt>${words.with}</dt><dd>${foreign(share.granteeLogin)}</dd></div>
<div><dt>${words.until}</dt><dd>${dayText(share.expiresAt - 1, locale)}</dd></div>
<div><dt>${words.applications}</dt><dd>${
  share.applications.length === 0
    ? words.noApplication
    : share.applications.map(
        (one) => html`<form method="post" action="/account/sharing/application/${one.id}/end">
${hidden({ csrf })}
<p>${foreign(one.clientName)} (${foreign(one.recipient)})</p>
<button class="even-button" type="submit">${words.endApplication}</button>
</form>`,
      )
}</dd></div>
</dl>
<form method="get" action="/account/sharing/${share.id}/application">
<div class="field">
<label for="client-${share.id}">${words.client}</label>
<p class="hint" id="client-${share.id}-hint">${words.clientHint}</p>
<input id="client-${share.id}" name="client" type="text" autocomplete="off" autocapitalize="none" spellcheck="false" aria-describedby="client-${share.id}-hint">
</div>
<button class="even-button" type="submit">${words.allow}</button>
</form>
<form method="post" action="/account/sharing/${share.id}/end">
${hidden({ csrf })}
<button class="even-button" type="submit">${words.end}</button>
</form>
</section>`;

export interface ApplicationPage {
  readonly words: HealthWords['sharing'];
  readonly locale: Locale;
  readonly csrf: string;
  readonly share: Share;
  readonly client: { readonly id: string; readonly name: string; readonly ownerName: string };
  readonly missing: boolean;
}

/** The five items of 개인정보 보호법 제17조제2항 for one application, as text: it is kept word for word with the consent. */
export function applicationNotice({
  words,
  locale,
  share,
  client,
}: Omit<ApplicationPage, 'csrf' | 'missing'>): [string, string][] {
  const of = words.consent;
  return [
    [of.recipient, `${client.ownerName} (${client.name})`],
    [of.purpose, of.purposeText(share.granteeLogin)],
    [of.items, kindName(share.root, locale)],
    [of.retention, of.retentionText(dayText(share.expiresAt - 1, locale))],
    [of.refusal, of.refusalText],
  ];
}

export function applicationPage(page: ApplicationPage): Html {
  const { words, csrf, share, client, missing } = page;
  const of = words.consent;
  return html`<h1>${of.title}</h1>
<p class="lead">${foreign(of.lead(share.granteeLogin), 300)}</p>
<dl class="held">${applicationNotice(page).map(([name, text]) => html`<div><dt>${name}</dt><dd><strong>${foreign(text, 500)}</strong></dd></div>`)}</dl>
<form method="post" action="/account/sharing/${share.id}/application">
${hidden({ csrf, client: client.id })}
${missing ? html`<p class="error" id="agree-error" role="alert">${words.problems.agree}</p>` : ''}
<label class="box" for="agree"><input type="checkbox" id="agree" name="agree" value="on"${
    missing ? html` aria-invalid="true" aria-describedby="agree-error"` : ''
  }><span>${of.agree}</span></label>
<div class="decide">
<a class="even-button" href="/account/sharing">${of.cancel}</a>
<button id="allow-application" class="even-button main" type="submit">${of.button}</button>
</div>
</form>`;
}
