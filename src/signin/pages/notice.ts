import type { Notice } from '#consent';
import type { Words } from '../words/index.ts';
import { foreign, type Html, html } from './html.ts';

/** A notice as it is shown, or was: whatever it is held in, the record shows it with the same function. */
export type ShownNotice = Pick<Notice, 'recipient' | 'purpose' | 'items' | 'retention' | 'refusalEffect'>;

/** 개인정보 보호법 제17조제2항: recipient, purpose, items, retention, and the right to refuse with what follows from it. */
export function fiveItems(
  words: Words['consent'],
  notice: ShownNotice,
  { id, app }: { id: string; app: string },
): Html {
  const beside = app === notice.recipient || app === '' ? '' : html` <span class="app">(${foreign(app)})</span>`;
  return html`<dl class="five" id="${id}">
<div><dt>${words.recipient}</dt><dd class="key">${foreign(notice.recipient)}${beside}</dd></div>
<div><dt>${words.purpose}</dt><dd class="key">${foreign(notice.purpose, 500)}</dd></div>
<div><dt>${words.items}</dt><dd>${capital(notice.items.join(', '))}</dd></div>
<div><dt>${words.retention}</dt><dd class="key">${foreign(notice.retention, 500)}</dd></div>
<div><dt>${words.refusal}</dt><dd>${words.mayRefuse} ${foreign(notice.refusalEffect, 500)}</dd></div>
</dl>`;
}

/** English lists begin with a capital; Korean has none. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
