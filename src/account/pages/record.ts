import { type ConsentEvent, kindName } from '#consent';
import { type ClientId, type Locale, SCOPES } from '#kernel';
import { fiveItems, foreign, type Html, html, wordsFor } from '#signin';
import { dayOf, momentOf } from '../dates.ts';
import type { ConnectionWords } from '../words/connections.ts';
import { back } from './back.ts';
import { allows } from './connection-parts.ts';

export interface RecordPage {
  readonly words: ConnectionWords['record'];
  readonly locale: Locale;
  /** One application's record; null for all of them. */
  readonly of: { readonly client: ClientId; readonly name: string } | null;
  readonly events: readonly ConsentEvent[];
  readonly path: string;
  readonly downloadPath: string;
  /** The event that older ones come before; null when there are none. */
  readonly older: string | null;
  readonly isFirst: boolean;
}

/** 동의 기록: what was shown, word for word, and what was answered. */
export function recordPage(page: RecordPage): Html {
  const { words, of, events } = page;
  const isEmpty = events.length === 0 && page.isFirst;
  return html`${of === null ? back('/account', words.back) : back(`/account/connections/${of.client}`, foreign(of.name))}
<h1>${words.title}</h1>
${
  isEmpty
    ? html`<div class="empty"><p><strong>${words.empty}</strong></p><p>${words.emptyHow}</p></div>`
    : html`<p class="lead">${words.lead}</p>
<p><a class="link-button" id="download" href="${page.downloadPath}" download>${words.download}</a></p>
<ol class="record">${turns(events).map((turn) => html`<li>${entry(page, turn)}</li>`)}</ol>`
}
${page.older === null ? '' : html`<p class="beside"><a href="${page.path}?before=${page.older}" id="older">${words.older}</a></p>`}
${page.isFirst ? '' : html`<p class="beside"><a href="${page.path}">${words.newest}</a></p>`}`;
}

/** What was answered on one page, or done in one step, stands together. */
function turns(events: readonly ConsentEvent[]): readonly (readonly ConsentEvent[])[] {
  const found = new Map<string, ConsentEvent[]>();
  for (const event of events) {
    const key = `${event.client} ${event.at} ${event.actor.requestId ?? event.id}`;
    const turn = found.get(key);
    if (turn === undefined) found.set(key, [event]);
    else turn.push(event);
  }
  return [...found.values()].map((turn) => turn.toSorted((a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope)));
}

function entry(page: RecordPage, turn: readonly ConsentEvent[]): Html {
  const { words, locale, of } = page;
  const [first] = turn;
  if (first === undefined) return html``;
  const isSystem = first.actor.kind === 'system' || first.actor.kind === 'operator';
  return html`<h2 class="when"><time datetime="${new Date(first.at).toISOString()}">${momentOf(first.at, locale)}</time></h2>
${of === null ? html`<p class="who"><a href="/account/connections/${first.client}">${foreign(first.clientName)}</a></p>` : ''}
${isSystem && first.action !== 'EXPIRE' ? html`<p class="fine">${words.notByUser}</p>` : ''}
<ul>${turn.map((event) => html`<li>${said(page, event)}</li>`)}</ul>`;
}

function said({ words, locale }: RecordPage, event: ConsentEvent): Html {
  const kinds = event.kinds.map((kind) => kindName(kind, locale)).join(', ');
  const until = event.expiresAt === null ? null : words.until(dayOf(event.expiresAt, locale));
  const more = [
    kinds === '' ? null : html`${words.kinds}: ${kinds}`,
    until === null ? null : html`<span class="until">${until}</span>`,
  ].filter((text) => text !== null);
  return html`<p class="said"><span class="chip ${CHIP[event.action]}">${words.actions[event.action]}</span> ${allows(event, locale)}</p>
${more.length === 0 ? '' : html`<p class="fine">${more.map((text, at) => html`${at === 0 ? '' : ' · '}${text}`)}</p>`}
${event.basis === 'OWN_SERVICE' && event.action === 'GRANT' ? html`<p class="fine">${words.ownService}</p>` : ''}
${event.notice === null ? '' : shown(words, event, event.notice)}`;
}

const CHIP = { GRANT: 'given', DENY: 'refused', WITHDRAW: 'withdrawn', EXPIRE: 'over' } as const;

/** In the language, the words and the order in which it was shown, whatever language this page is in. */
function shown(
  words: ConnectionWords['record'],
  event: ConsentEvent,
  notice: NonNullable<ConsentEvent['notice']>,
): Html {
  const then = wordsFor(notice.locale).consent;
  const id = `notice-${event.id}`;
  return html`<details>
<summary>${words.shown}</summary>
<div class="shown" lang="${notice.locale}">
<p class="title">[${notice.required ? then.required : then.optional}] ${allows(event, notice.locale)}</p>
${fiveItems(then, notice, { id, app: '' })}
</div>
<p class="fine">${words.language}: ${words.languages[notice.locale]} · ${words.version}: ${notice.wording} · ${words.number}: <code>${notice.id.slice(0, 12)}</code></p>
</details>`;
}
