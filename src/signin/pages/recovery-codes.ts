import type { Words } from '../words/index.ts';
import { type Html, html } from './html.ts';

export interface RecoveryCodesPage {
  readonly words: Words['factor']['codes'];
  readonly codes: readonly string[];
  /** One of our own paths. */
  readonly onward: string;
}

/** Shown once, as the answer to what made them. */
export const recoveryCodesPage = ({ words, codes, onward }: RecoveryCodesPage): Html => html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<p class="caution">${words.once}</p>
<ol class="codes" id="recovery-codes" aria-label="${words.list}">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
<p><a id="codes-kept" class="even-button main" href="${onward}">${words.onward}</a></p>`;
