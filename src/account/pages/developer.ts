import { hidden, type Html, html } from '#signin';
import type { AccountWords } from '../words/index.ts';
import { back } from './back.ts';

export interface DeveloperPage {
  readonly words: AccountWords['developer'];
  readonly csrf: string;
  /** The box was not ticked. */
  readonly missing: boolean;
}

export const developerPage = ({ words, csrf, missing }: DeveloperPage): Html => html`${back('/account', words.back)}
<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<form method="post" action="/account/developer">
${hidden({ csrf })}
<section class="terms" aria-labelledby="terms-heading">
<h2 id="terms-heading">${words.termsHeading}</h2>
<ol>${words.terms.map(([title = '', text = '']) => html`<li><strong>${title}</strong><span>${text}</span></li>`)}</ol>
</section>
${missing ? html`<p class="error" id="agree-error" role="alert">${words.needed}</p>` : ''}
<label class="box" for="agree"><input type="checkbox" id="agree" name="agree" value="on"${
  missing ? html` aria-invalid="true" aria-describedby="agree-error"` : ''
}><span>${words.agree}</span></label>
<button id="become" class="main-button" type="submit">${words.button}</button>
</form>`;
