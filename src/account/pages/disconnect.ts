import type { Connection, WithdrawalEffect } from '#consent';
import { foreign, hidden, type Html, html } from '#signin';
import type { ConnectionWords } from '../words/connections.ts';
import { back } from './back.ts';
import { pathOf } from './connection-parts.ts';

export interface DisconnectPage {
  readonly words: ConnectionWords['disconnect'];
  readonly csrf: string;
  readonly connection: Connection;
  /** The part whose withdrawal led here, in the user's words, and why it comes to this. */
  readonly because: {
    readonly what: string;
    readonly effect: Extract<WithdrawalEffect, 'ends-required' | 'ends-last'>;
  } | null;
}

/** Says what happens, and asks nothing but yes or no. */
export const disconnectPage = ({
  words,
  csrf,
  connection,
  because,
}: DisconnectPage): Html => html`${back(pathOf(connection), foreign(connection.name))}
<h1>${words.heading.before}${foreign(connection.name)}${words.heading.after}</h1>
${
  because === null
    ? ''
    : html`<p class="caution"><strong>${because.what}</strong> ${because.effect === 'ends-last' ? words.last : words.needed}</p>`
}
<ul class="happens">${words.points.map((point) => html`<li>${point}</li>`)}</ul>
<form method="post" action="${pathOf(connection)}/disconnect">
${hidden({ csrf })}
<div class="decide">
<a class="even-button" id="keep" href="${pathOf(connection)}">${words.keep}</a>
<button class="even-button main danger" id="confirm-disconnect" type="submit">${words.button}</button>
</div>
</form>`;
