import { HEALTH_KINDS, kindName, type Notice, scopeAllows } from '#consent';
import type { Locale } from '#kernel';
import type { Words } from '../words/index.ts';
import { alarm, hidden } from './field.ts';
import { foreign, type Html, html } from './html.ts';
import { capital, fiveItems } from './notice.ts';

export interface ConsentPage {
  readonly words: Words['consent'];
  readonly locale: Locale;
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly client: { readonly name: string; readonly ownerName: string; readonly inReview: boolean };
  readonly user: { readonly name: string; readonly loginId: string };
  readonly otherHref: string;
  /** A host, or what stands for it (`destinationOf`). */
  readonly destination: string;
  /** To be asked now; HEALTH among them gets its own block. */
  readonly notices: readonly Notice[];
  /** Other scopes of the request were agreed to before and are not asked about. */
  readonly hasBefore: boolean;
  readonly refreshes: boolean;
  readonly healthDays: number;
  readonly problem: 'health-needed' | 'nothing' | null;
  /** Boxes that stay ticked when the page comes back with a problem; empty at first (nothing is ticked beforehand). */
  readonly ticked: ReadonlySet<string>;
}

export function consentPage(page: ConsentPage): Html {
  const { words, client } = page;
  const health = page.notices.find((notice) => notice.scope === 'HEALTH');
  return html`<h1>${words.heading.before}${foreign(client.name)}${words.heading.after}</h1>
${client.inReview ? html`<p class="caution"><strong>${words.inReview}</strong> ${words.inReviewHow}</p>` : ''}
${page.problem === 'nothing' ? alarm(words.nothing) : ''}
${page.problem === 'health-needed' ? alarm(words.health.needed) : ''}
<p class="lead">${words.lead}</p>
<dl class="facts">
<div><dt>${words.madeBy}</dt><dd>${foreign(client.ownerName)}</dd></div>
<div><dt>${words.account}</dt><dd>${foreign(page.user.name)} (${page.user.loginId}) <a href="${page.otherHref}">${words.other}</a></dd></div>
<div><dt>${words.goesTo}</dt><dd><strong class="host">${page.destination}</strong></dd></div>
</dl>
<form method="post" action="/signin/consent">
${hidden(page.hidden)}
${page.notices.filter((notice) => notice !== health).map((notice) => scopeBlock(page, notice))}
${health === undefined ? '' : healthBlock(page, health)}
${page.hasBefore ? html`<p class="fine">${words.before}</p>` : ''}
${page.refreshes ? html`<p class="fine">${words.whileAway}</p>` : ''}
<p class="fine">${words.anyTime}</p>
<div class="decide">
<button id="deny" class="even-button" type="submit" name="decision" value="deny">${words.deny}</button>
<button id="allow" class="even-button main" type="submit" name="decision" value="allow">${words.allow}</button>
</div>
</form>`;
}

const level = ({ words }: ConsentPage, { required }: Notice): Html =>
  required
    ? html`<span class="level required">[${words.required}]</span>`
    : html`<span class="level">[${words.optional}]</span>`;

function scopeBlock(page: ConsentPage, notice: Notice): Html {
  const { words, locale } = page;
  const id = `scope-${notice.scope}`;
  return html`<fieldset class="scope" aria-describedby="${id}-items">
<legend>${level(page, notice)} ${scopeAllows(notice.scope, locale)}</legend>
${notice.scope === 'DRIVE' ? html`<p class="stress">${words.driveChanges}</p>` : ''}
${fiveItems(words, notice, { id: `${id}-items`, app: page.client.name })}
${notice.required ? html`<p class="fine">${words.requiredHow}</p>` : box(page, id, words.agreeScope)}
</fieldset>`;
}

/** Its own block, and its own box whether required or not: nothing else on the page covers it (제23조제1항제1호). */
function healthBlock(page: ConsentPage, notice: Notice): Html {
  const { words } = page;
  const { health } = words;
  const missing = page.problem === 'health-needed';
  return html`<section class="health${missing ? ' wrong' : ''}" aria-labelledby="health-heading">
<h2 id="health-heading">${health.heading}</h2>
<p class="fine">${health.apart}</p>
<fieldset class="scope" aria-describedby="scope-HEALTH-items">
<legend>${level(page, notice)} ${scopeAllows('HEALTH', page.locale)}</legend>
${fiveItems(words, notice, { id: 'scope-HEALTH-items', app: page.client.name })}
<fieldset class="kinds">
<legend>${health.kinds}</legend>
<p class="fine" id="kinds-how">${health.kindsHow}</p>
<div class="kind-list">${HEALTH_KINDS.map((kind) => box(page, `kind-${kind}`, capital(kindName(kind, page.locale)), 'kinds-how'))}</div>
</fieldset>
<p class="fine">${health.expires(page.healthDays)} ${health.stays}</p>
${missing ? html`<p class="error" id="health-error">${health.needed}</p>` : ''}
${box(page, 'scope-HEALTH', health.agree, missing ? 'health-error' : null)}
</fieldset>
</section>`;
}

const box = (page: ConsentPage, id: string, label: string, describedBy: string | null = null): Html =>
  html`<label class="box" for="${id}"><input type="checkbox" id="${id}" name="${id}" value="on"${
    page.ticked.has(id) ? html` checked` : ''
  }${describedBy === null ? '' : html` aria-describedby="${describedBy}"`}><span>${label}</span></label>`;
