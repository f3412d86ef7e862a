import type { Words } from '../words/index.ts';
import { type Html, html } from './html.ts';

export interface FormPostPage {
  readonly words: Words['formPost'];
  /** The proven redirect URI. */
  readonly action: string;
  readonly destination: string;
  readonly fields: readonly (readonly [string, string])[];
}

/** OAuth 2.0 Form Post Response Mode: no script sends it, so the person does. */
export const formPostPage = ({
  words,
  action,
  destination,
  fields,
}: FormPostPage): Html => html`<h1>${words.heading}</h1>
<p class="lead">${words.lead}</p>
<dl class="facts"><div><dt>${words.goesTo}</dt><dd><strong class="host">${destination}</strong></dd></div></dl>
<form method="post" action="${action}">
${fields.map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button id="continue" class="main-button" type="submit">${words.button}</button>
</form>`;
