import type { PageErrorKind } from '#kernel';
import type { Words } from '../words/index.ts';
import { type Html, html } from './html.ts';

export interface ErrorPage {
  readonly words: Words['errors'];
  readonly kind: PageErrorKind;
  readonly requestId: string;
  /** Seconds. */
  readonly retryAfter: number | undefined;
}

/** What happened, whose turn it is, what to do now, and the id that lets somebody look it up. */
export function errorPage({ words, kind, requestId, retryAfter }: ErrorPage): Html {
  const of = words.kinds[kind];
  const wait = retryAfter === undefined ? '' : html` ${words.wait(Math.max(1, Math.ceil(retryAfter)))}`;
  return html`<h1>${of.title}</h1>
<dl class="what">
<div><dt>${words.happened}</dt><dd>${of.what}</dd></div>
<div><dt>${words.turn}</dt><dd><strong class="turn ${of.turn}">${words.turns[of.turn]}</strong></dd></div>
<div><dt>${words.now}</dt><dd>${of.now}${wait}</dd></div>
<div><dt>${words.requestId}</dt><dd><code class="request-id">${requestId}</code></dd></div>
</dl>
<p class="beside">${
    kind === 'login-first'
      ? html`<a class="link-button" href="/login">${words.login}</a>`
      : html`<a href="/">${words.home}</a>`
  }</p>`;
}
