import type { Connection, Held } from '#consent';
import type { Locale } from '#kernel';
import { foreign, type Html, html } from '#signin';
import { dayOf } from '../dates.ts';
import type { ConnectionWords } from '../words/connections.ts';
import { back } from './back.ts';
import { allows, fact, kindNames, madeBy, mark, pathOf, useFacts } from './connection-parts.ts';

export interface ConnectionsPage {
  readonly words: ConnectionWords;
  readonly locale: Locale;
  readonly brand: string;
  readonly connections: readonly Connection[];
  /** The name of the application that was disconnected just now. */
  readonly gone: string | null;
}

/** 연결된 앱: each application, what it gets, since when, and when it was here last. */
export function connectionsPage(page: ConnectionsPage): Html {
  const { words, connections, gone } = page;
  const of = words.list;
  return html`${back('/account', of.back)}
<h1>${of.title}</h1>
${gone === null ? '' : html`<p class="done" role="status">${of.gone.before}${foreign(gone)}${of.gone.after}</p>`}
${
  connections.length === 0
    ? html`<div class="empty"><p><strong>${of.empty}</strong></p><p>${of.emptyHow(page.brand)}</p></div>`
    : html`<p class="lead">${of.lead}</p>
<ul class="apps">${connections.map((connection) => html`<li>${card(page, connection)}</li>`)}</ul>`
}
<p class="beside"><a href="/account/consents">${of.records}</a></p>`;
}

function card({ words, locale }: ConnectionsPage, connection: Connection): Html {
  const id = `app-${connection.client}`;
  return html`<article class="app-card" aria-labelledby="${id}">
<h2 id="${id}">${foreign(connection.name)}${mark(connection, words.facts)}</h2>
<dl class="brief">
${madeBy(connection, words.facts)}
${fact(words.facts.gets, html`<ul>${connection.held.map((held) => html`<li>${gets(held, words, locale)}</li>`)}</ul>`)}
${useFacts(connection, words.facts, locale)}
</dl>
<div class="decide">
<a class="even-button" href="${pathOf(connection)}" id="details-${connection.client}" aria-describedby="${id}">${words.list.details}</a>
<a class="even-button danger" href="${pathOf(connection)}/disconnect" id="disconnect-${connection.client}" aria-describedby="${id}">${words.list.disconnect}</a>
</div>
</article>`;
}

/** Of health information the kinds and the end are said, too. */
function gets(held: Held, words: ConnectionWords, locale: Locale): Html {
  const until = held.expiresAt === null ? null : words.facts.until(dayOf(held.expiresAt, locale));
  const more = [held.kinds.length === 0 ? null : kindNames(held, locale), until].filter((text) => text !== null);
  return html`${allows(held, locale)}${more.map((text) => html` <span class="more">${text}</span>`)}`;
}
