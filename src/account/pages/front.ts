import { type Html, html } from '#signin';
import type { AccountWords } from '../words/index.ts';

export const frontPage = (words: AccountWords['front'], brand: string): Html => html`<h1>${words.title}</h1>
<p class="lead">${words.lead(brand)}</p>
<div class="decide">
<a class="even-button" href="/signup">${words.signup}</a>
<a class="even-button main" href="/login">${words.login}</a>
</div>
<ul class="points">${words.points.map(([title = '', text = '']) => html`<li><strong>${title}</strong><span>${text}</span></li>`)}</ul>`;
