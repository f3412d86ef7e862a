import type { ShownTotp } from '#identity';
import type { Words } from '../words/index.ts';
import { alarm, hidden } from './field.ts';
import { foreign, type Html, html } from './html.ts';
import { passkeyForm, passkeysInstead } from './passkey.ts';
import { totpSetup } from './totp-setup.ts';

export interface EnrolPage {
  readonly words: Words['factor'];
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly user: { readonly name: string; readonly loginId: string };
  /** Null when the begun login ended in this very moment. */
  readonly totp: ShownTotp | null;
  readonly passkeys: boolean;
  /** What the browser calls itself, as a first name for the passkey. */
  readonly deviceName: string;
  readonly error: { readonly at: 'code' | 'passkey'; readonly sentence: string } | null;
}

export const enrolPage = ({ words, error, ...page }: EnrolPage): Html => html`<h1>${words.enrol.title}</h1>
${alarm(error?.at === 'passkey' ? error.sentence : null)}
<p class="lead">${words.enrol.lead}</p>
<dl class="facts"><div><dt>${words.account}</dt><dd>${foreign(page.user.name)} (${page.user.loginId})</dd></div></dl>
${
  page.passkeys
    ? html`<section aria-labelledby="passkey-heading">
<h2 id="passkey-heading">${words.enrol.passkey}</h2>
<p>${words.enrol.passkeyHow}</p>
${passkeyForm({
  words: words.passkey,
  kind: 'create',
  action: '/login/enrol/passkey',
  options: '/login/enrol/passkey/options',
  hidden: page.hidden,
  button: words.passkey.add,
  id: 'add-passkey',
  name: page.deviceName,
  main: true,
})}
${passkeysInstead(words.passkey)}
</section>`
    : ''
}
<section aria-labelledby="totp-heading">
<h2 id="totp-heading">${words.enrol.app}</h2>
${
  page.totp === null
    ? html`<p class="notice">${words.totp.gone}</p>`
    : totpSetup({
        words: words.totp,
        totp: page.totp,
        action: '/login/enrol',
        hidden: page.hidden,
        error: error?.at === 'code' ? error.sentence : null,
      })
}
</section>
<form method="post" action="/login/cancel" class="cancel">
${hidden(page.hidden)}
<button id="cancel" class="text-button" type="submit">${words.cancel}</button>
</form>`;
