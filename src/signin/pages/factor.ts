import type { Words } from '../words/index.ts';
import { alarm, field, hidden } from './field.ts';
import { foreign, type Html, html } from './html.ts';
import { passkeyForm, passkeysInstead } from './passkey.ts';

export interface FactorPage {
  readonly words: Words['factor'];
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly user: { readonly name: string; readonly loginId: string };
  /** The ways that this person has. */
  readonly totp: boolean;
  readonly passkeys: boolean;
  readonly recovery: boolean;
  readonly problem: { readonly at: 'code' | 'recovery' | 'passkey'; readonly sentence: string } | null;
}

export function factorPage(page: FactorPage): Html {
  const { words, problem } = page;
  return html`<h1>${words.title}</h1>
${alarm(problem === null ? null : problem.sentence)}
<p class="lead">${words.lead}</p>
<dl class="facts"><div><dt>${words.account}</dt><dd>${foreign(page.user.name)} (${page.user.loginId})</dd></div></dl>
${page.passkeys ? byPasskey(page) : ''}
${page.passkeys && page.totp ? html`<p class="or">${words.or}</p>` : ''}
${page.totp ? byCode(page) : ''}
${page.recovery ? byRecovery(page) : ''}
<form method="post" action="/login/cancel" class="cancel">
${hidden(page.hidden)}
<button id="cancel" class="text-button" type="submit">${words.cancel}</button>
</form>`;
}

const byPasskey = (page: FactorPage): Html => html`${passkeyForm({
  words: page.words.passkey,
  kind: 'get',
  action: '/login/passkey',
  options: '/login/passkey/options',
  hidden: page.hidden,
  button: page.words.passkey.verify,
  id: 'passkey',
  main: true,
})}
${passkeysInstead(page.words.passkey)}`;

const byCode = ({
  words,
  ...page
}: FactorPage): Html => html`<form method="post" action="/login/code" autocomplete="off">
${hidden(page.hidden)}
${field({
  name: 'code',
  label: words.code,
  hint: words.codeHint,
  inputmode: 'numeric',
  autocomplete: 'one-time-code',
  focus: page.problem?.at !== 'recovery' && !page.passkeys,
  max: 16,
})}
<button id="verify" class="${page.passkeys ? 'even-button' : 'main-button'}" type="submit">${words.verify}</button>
</form>`;

/** Closed at first where there is another way; a page without scripts opens it as well. */
const byRecovery = ({ words, ...page }: FactorPage): Html => html`<details class="more"${
  page.problem?.at === 'recovery' || !(page.totp || page.passkeys) ? html` open` : ''
}>
<summary id="no-phone">${words.noPhone}</summary>
<form method="post" action="/login/code" autocomplete="off">
${hidden(page.hidden)}
${field({
  name: 'recovery-code',
  label: words.recovery,
  hint: words.recoveryHint,
  inputmode: 'text',
  autocomplete: 'off',
  focus: page.problem?.at === 'recovery',
  max: 64,
})}
<button id="use-recovery" class="even-button" type="submit">${words.recoveryButton}</button>
</form>
</details>`;
