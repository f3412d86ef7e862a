import type { Words } from '../words/index.ts';
import { hidden } from './field.ts';
import { type Html, html } from './html.ts';
import { accountFields, problemSummary, type Sentences, type TypedApplicant } from './signup.ts';

export interface SetupPage {
  readonly words: Words;
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly typed: Pick<TypedApplicant, 'loginId' | 'email' | 'name'>;
  readonly errors: Sentences;
}

/** The first operator's account; asked for by the one-time link that the server prints. */
export const setupPage = ({ words, typed, errors, ...page }: SetupPage): Html => html`<h1>${words.setup.title}</h1>
<p class="lead">${words.setup.lead}</p>
${problemSummary(words.signup, errors)}
<form method="post" action="/setup" novalidate>
${hidden(page.hidden)}
${accountFields(words.signup, typed, errors)}
<button id="claim" class="main-button" type="submit">${words.setup.button}</button>
</form>`;
