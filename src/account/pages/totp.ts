import type { ShownTotp } from '#identity';
import { type Html, html, totpSetup, type wordsFor } from '#signin';
import type { SecurityWords } from '../words/security.ts';

export interface TotpPage {
  readonly words: SecurityWords['totp'];
  readonly setupWords: ReturnType<typeof wordsFor>['factor']['totp'];
  readonly totp: ShownTotp;
  readonly csrf: string;
  /** There is an app already, whose place the new one takes. */
  readonly replaces: boolean;
  readonly error: string | null;
}

export const totpPage = ({
  words,
  setupWords,
  totp,
  csrf,
  error,
  ...page
}: TotpPage): Html => html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
${page.replaces ? html`<p class="caution">${words.replaces}</p>` : ''}
${totpSetup({ words: setupWords, totp, action: '/account/security/totp', hidden: { csrf }, error })}
<p class="beside"><a href="/account/security">${words.back}</a></p>`;
