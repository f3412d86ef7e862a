import type { Words } from '../words/index.ts';
import { field, hidden } from './field.ts';
import { type Html, html } from './html.ts';

export interface PasskeyForm {
  readonly words: Words['factor']['passkey'];
  readonly kind: 'get' | 'create';
  /** Where the answer goes, as an ordinary form. */
  readonly action: string;
  /** Where the challenge comes from. */
  readonly options: string;
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly button: string;
  /** Of the button. */
  readonly id: string;
  /** Of a new passkey; left out where one is only shown. */
  readonly name?: string;
  readonly main?: boolean;
}

/**
 * Hidden until `assets/passkey.js` has seen that the browser has passkeys. Nothing of the options stands in the page
 * (AC-27): the script asks for them when the button is pressed, so that the challenge is as young as it can be.
 */
export const passkeyForm = (
  of: PasskeyForm,
): Html => html`<form method="post" action="${of.action}" class="passkey" data-passkey="${
  of.kind
}" data-options="${of.options}" hidden>
${hidden({ ...of.hidden, credential: '' })}
${
  of.name === undefined
    ? ''
    : field({
        name: 'passkey-name',
        label: of.words.name,
        hint: of.words.nameHint,
        value: of.name,
        autocomplete: 'off',
        max: 64,
      })
}
<p class="error" role="alert" data-failed hidden>${of.words.failed}</p>
<button id="${of.id}" class="${of.main ? 'main-button' : 'even-button'}" type="submit">${of.button}</button>
</form>`;

/** Stands in the place of the buttons where they can't work. */
export const passkeysInstead = (words: Words['factor']['passkey']): Html =>
  html`<p class="notice" data-without-passkeys>${words.needsScript}</p>`;
