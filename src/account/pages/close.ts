import type { OwnedWork } from '#identity';
import { alarm, field, foreign, hidden, type Html, html } from '#signin';
import type { SecurityWords } from '../words/security.ts';

export interface ClosePage {
  readonly words: SecurityWords['close'];
  readonly csrf: string;
  /** Applications and products that have to go first. */
  readonly works: readonly OwnedWork[];
  readonly lastOperator: boolean;
  readonly errors: { readonly kept?: string; readonly loginId?: string; readonly password?: string };
  readonly alarm: string | null;
  readonly typed: { readonly kept: boolean; readonly loginId: string };
}

/** 탈퇴: what happens, the person's own copy first, and then three things that nobody does by accident. */
export function closePage(page: ClosePage): Html {
  const { words, works } = page;
  const stands = works.length > 0 || page.lastOperator;
  return html`<h1>${words.title}</h1>
${alarm(page.alarm)}
<p class="lead">${words.lead}</p>
<h2>${words.what}</h2>
<ul class="effects">${words.effects.map((effect) => html`<li>${effect}</li>`)}</ul>
<h2>${words.first}</h2>
<p>${words.firstHow}</p>
<div class="side-by-side">
<a class="link-button" id="export" href="/account/export">${words.export}</a>
<a class="link-button" id="to-health" href="/account/health">${words.health}</a>
</div>
${
  works.length > 0
    ? html`<div class="caution" id="owns-works"><p>${words.works}</p><ul>${works.map(({ id, name }) => html`<li>${foreign(name)} <code>${id}</code></li>`)}</ul></div>`
    : ''
}
${page.lastOperator ? html`<p class="caution" id="last-operator">${words.lastOperator}</p>` : ''}
${stands ? '' : confirmation(page)}
<p class="beside"><a href="/account/security">${words.back}</a></p>`;
}

const confirmation = ({ words, errors, ...page }: ClosePage): Html => html`<h2>${words.confirm}</h2>
<form method="post" action="/account/close" autocomplete="off" novalidate>
${hidden({ csrf: page.csrf })}
${errors.kept ? html`<p class="error" id="kept-error">${errors.kept}</p>` : ''}
<label class="box" for="kept"><input type="checkbox" id="kept" name="kept" value="on"${page.typed.kept ? html` checked` : ''}${
  errors.kept ? html` aria-invalid="true" aria-describedby="kept-error"` : ''
}><span>${words.kept}</span></label>
${field({
  name: 'login-id',
  label: words.loginId,
  value: page.typed.loginId,
  error: errors.loginId,
  autocomplete: 'off',
  inputmode: 'text',
  max: 128,
})}
${field({ name: 'password', label: words.password, type: 'password', error: errors.password, autocomplete: 'current-password' })}
<button id="close-account" class="even-button danger" type="submit">${words.button}</button>
</form>`;

export const closedPage = (words: SecurityWords['closed']): Html => html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<p class="beside"><a href="/">${words.home}</a></p>`;
