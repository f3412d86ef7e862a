import { encodeQR } from 'qr';
import type { ShownTotp } from '#identity';
import type { Words } from '../words/index.ts';
import { field, hidden } from './field.ts';
import { type Html, html } from './html.ts';

export interface TotpSetup {
  readonly words: Words['factor']['totp'];
  readonly totp: ShownTotp;
  readonly action: string;
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly error: string | null;
}

/** What to do, step by step: QR code, key as text, first code. */
export const totpSetup = ({ words, totp, action, error, ...page }: TotpSetup): Html => html`<ol class="steps">
<li>${words.steps[0]}</li>
<li>${words.steps[1]}
${qrCode(totp.uri, words.qr)}
<p><a class="link-button on-phone" href="${totp.uri}">${words.open}</a></p>
<p class="fine">${words.byHand}</p>
<p><code class="totp-key" id="totp-key" aria-label="${words.key}">${totp.key}</code></p>
</li>
<li>${words.steps[2]}
<form method="post" action="${action}" autocomplete="off">
${hidden(page.hidden)}
${field({
  name: 'code',
  label: words.code,
  inputmode: 'numeric',
  autocomplete: 'one-time-code',
  max: 16,
  ...(error === null ? {} : { error, focus: true }),
})}
<button id="confirm-totp" class="main-button" type="submit">${words.button}</button>
</form>
</li>
</ol>`;

/** One path in a picture without styles, dark on light in both schemes, since cameras want it so. */
function qrCode(text: string, label: string): Html {
  const rows = encodeQR(text, 'raw', { ecc: 'medium', border: 4 });
  const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return html`<svg class="qr" role="img" aria-label="${label}" viewBox="0 0 ${rows.length} ${rows.length}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${rows.length}v${rows.length}H0z"/><path fill="#000" d="${path}"/></svg>`;
}
