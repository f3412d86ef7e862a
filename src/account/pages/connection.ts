import { type Connection, fieldNames, type Held, isRequired, kindName, withdrawalEffect } from '#consent';
import type { Locale } from '#kernel';
import { capital, foreign, hidden, type Html, html, wordsFor } from '#signin';
import { dayOf } from '../dates.ts';
import type { ConnectionWords } from '../words/connections.ts';
import { back } from './back.ts';
import { allows, fact, madeBy, mark, pathOf, useFacts } from './connection-parts.ts';

export interface ConnectionPage {
  readonly words: ConnectionWords;
  readonly locale: Locale;
  readonly csrf: string;
  readonly connection: Connection;
  /** What was withdrawn just now, in the user's words. */
  readonly withdrawn: string | null;
}

/** One application: what it holds, each part with its way out. */
export function connectionPage(page: ConnectionPage): Html {
  const { words, locale, connection, withdrawn } = page;
  const of = words.details;
  const isConnected = connection.held.length > 0;
  return html`${back('/account/connections', of.back)}
<h1>${foreign(connection.name)}${mark(connection, words.facts)}</h1>
${withdrawn === null ? '' : html`<p class="done" role="status">${of.done(withdrawn)}</p>`}
${connection.status === 'PENDING' ? html`<p class="caution">${of.inReviewHow}</p>` : ''}
${connection.status === 'ACTIVE' || connection.status === 'PENDING' ? '' : html`<p class="caution">${of.unavailableHow}</p>`}
${isConnected ? '' : html`<p class="notice" id="apart">${of.apart}</p>`}
<dl class="facts">
${madeBy(connection, words.facts)}
${isConnected ? useFacts(connection, words.facts, locale) : ''}
</dl>
${isConnected ? heldParts(page) : ''}
<p class="beside"><a href="${pathOf(connection)}/history">${of.records}</a></p>`;
}

const heldParts = (page: ConnectionPage): Html => html`<h2>${page.words.details.gets}</h2>
<form method="post" action="${pathOf(page.connection)}/withdraw" class="parts">
${hidden({ csrf: page.csrf })}
${page.connection.held.map((held) => part(page, held))}
</form>
<p class="fine">${page.words.details.stays}</p>
<h2>${page.words.details.disconnect}</h2>
<p>${page.words.details.disconnectHow}</p>
<p><a class="even-button danger whole" id="disconnect" href="${pathOf(page.connection)}/disconnect">${page.words.details.disconnect}</a></p>`;

function part(page: ConnectionPage, held: Held): Html {
  const { locale } = page;
  const id = `part-${held.scope}`;
  return html`<section class="scope" aria-labelledby="${id}">
<h3 id="${id}">${level(held, locale)} ${allows(held, locale)}</h3>
<dl class="five">${terms(page, held)}</dl>
${held.scope === 'HEALTH' && held.kinds.length > 1 ? kindList(page, held) : ''}
${wayOut(page, held, id)}
</section>`;
}

function level(held: Held, locale: Locale): Html {
  const words = wordsFor(locale).consent;
  return isRequired(held)
    ? html`<span class="level required">[${words.required}]</span>`
    : html`<span class="level">[${words.optional}]</span>`;
}

function terms({ words, locale }: ConnectionPage, held: Held): Html {
  const of = words.details;
  const { notice, kinds, scope, expiresAt } = held;
  const items = kinds.length > 0 ? kinds.map((kind) => kindName(kind, locale)) : fieldNames(scope, locale);
  return html`${fact(of.items, capital(items.join(', ')))}
${notice === null ? '' : html`${fact(of.purpose, foreign(notice.purpose, 500))}${fact(of.retention, foreign(notice.retention, 500))}`}
${fact(of.agreed, dayOf(held.since, locale))}
${expiresAt === null ? '' : fact(of.until, html`<strong>${of.untilHow(dayOf(expiresAt, locale))}</strong>`)}`;
}

const kindList = ({ words, locale }: ConnectionPage, held: Held): Html => html`<div class="kind-rows">
<h4>${words.details.kinds}</h4>
<ul>${held.kinds.map(
  (kind) =>
    html`<li><span id="kind-name-${kind}">${capital(kindName(kind, locale))}</span><button class="small-button" type="submit" id="withdraw-kind-${kind}" name="kind" value="${kind}" aria-describedby="kind-name-${kind}">${words.details.withdrawKind}</button></li>`,
)}</ul>
</div>`;

/** What ends the connection leads to the page that says so; everything else is one press. */
function wayOut({ words, connection }: ConnectionPage, held: Held, id: string): Html {
  const of = words.details;
  const { scope, notice } = held;
  const label = scope === 'HEALTH' && held.kinds.length > 1 ? of.withdrawHealth : of.withdraw;
  if (withdrawalEffect(connection.held, { scope }) === 'narrows') {
    return html`<button class="even-button whole" type="submit" id="withdraw-${scope}" name="scope" value="${scope}" aria-describedby="${id}">${label}</button>`;
  }
  const why = notice === null ? of.ownService : isRequired(held) ? of.needed : null;
  return html`${why === null ? '' : html`<p class="fine">${why}</p>`}
<a class="even-button whole" id="withdraw-${scope}" href="${pathOf(connection)}/disconnect?part=${scope}" aria-describedby="${id}">${label}</a>`;
}
