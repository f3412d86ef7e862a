import type { ApplicantProblems } from '#identity';
import type { Gender } from '#kernel';
import type { Words } from '../words/index.ts';
import { field, hidden } from './field.ts';
import { type Html, html } from './html.ts';

/** What was typed, without the password: it is never sent back. */
export interface TypedApplicant {
  readonly loginId: string;
  readonly email: string;
  readonly name: string;
  readonly birthday: string;
  readonly gender: Gender | null;
}

export interface SignupPage {
  readonly words: Words['signup'];
  readonly hidden: Readonly<Record<string, string | null>>;
  readonly typed: TypedApplicant;
  readonly agreed: boolean;
  readonly problems: ApplicantProblems;
  readonly minimumAge: number;
  readonly loginHref: string;
}

/** A sentence for each field that has to be changed. */
export type Sentences = { readonly [Name in keyof ApplicantProblems]?: string };

export function signupPage(page: SignupPage): Html {
  const { words, typed } = page;
  const errors = sentencesFor(words, page.problems, page.minimumAge);
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
${problemSummary(words, errors)}
<form method="post" action="/signup" novalidate>
${hidden(page.hidden)}
${accountFields(words, typed, errors)}
${field({ name: 'birthday', label: words.birthday, hint: words.birthdayHint, value: typed.birthday, error: errors.birthday, autocomplete: 'bday', inputmode: 'numeric', max: 20 })}
${genders(page)}
${collecting(page, errors.agree)}
<button id="signup" class="main-button" type="submit">${words.button}</button>
</form>
<p class="beside">${words.haveAccount} <a href="${page.loginHref}">${words.login}</a></p>`;
}

/** Login id, password, name and e-mail; the first operator's page asks for these alone. */
export function accountFields(
  words: Words['signup'],
  typed: Pick<TypedApplicant, 'loginId' | 'email' | 'name'>,
  errors: Sentences,
): Html {
  return html`${field({ name: 'username', label: words.loginId, hint: words.loginIdHint, value: typed.loginId, error: errors.loginId, autocomplete: 'username', max: 64 })}
${field({ name: 'password', label: words.password, type: 'password', hint: words.passwordHint, error: errors.password, autocomplete: 'new-password' })}
${field({ name: 'name', label: words.name, value: typed.name, error: errors.name, autocomplete: 'name', max: 128 })}
${field({ name: 'email', label: words.email, type: 'email', inputmode: 'email', hint: words.emailHint, value: typed.email, error: errors.email, autocomplete: 'email', max: 254 })}`;
}

export function sentencesFor(words: Words['signup'], problems: ApplicantProblems, minimumAge: number): Sentences {
  const of = words.problems;
  const { birthday } = problems;
  return {
    ...(problems.loginId && { loginId: of.loginId[problems.loginId] }),
    ...(problems.password && { password: of.password[problems.password] }),
    ...(problems.name && { name: of.name[problems.name] }),
    ...(problems.email && { email: of.email[problems.email] }),
    ...(birthday && { birthday: birthday === 'too-young' ? of.tooYoung(minimumAge) : of.birthday[birthday] }),
    ...(problems.agree && { agree: of.agree }),
  };
}

const FIELD_IDS = {
  loginId: 'username',
  password: 'password',
  name: 'name',
  email: 'email',
  birthday: 'birthday',
  agree: 'agree',
} as const;

const labelOf = (words: Words['signup'], name: keyof typeof FIELD_IDS): string =>
  name === 'agree' ? words.collecting : words[name];

/** How much is wrong, with a way to each place; stands first and is read out. What to do stands at the field. */
export function problemSummary(words: Words['signup'], errors: Sentences): Html | null {
  const names = (Object.keys(FIELD_IDS) as (keyof typeof FIELD_IDS)[]).filter((name) => errors[name] !== undefined);
  if (names.length === 0) return null;
  return html`<div class="alarm" role="alert">
<p>${words.check(names.length)}</p>
<ul class="places">${names.map((name) => html`<li><a href="#${FIELD_IDS[name]}">${labelOf(words, name)}</a></li>`)}</ul>
</div>`;
}

const genders = ({ words, typed }: SignupPage): Html => html`<fieldset class="choices">
<legend>${words.gender} <span class="optional">${words.chooseOptional}</span></legend>
<div class="choice-row">
${GENDER_ORDER.map(
  (gender) =>
    html`<label class="box" for="gender-${gender}"><input type="radio" id="gender-${gender}" name="gender" value="${gender}"${
      typed.gender === gender ? html` checked` : ''
    }><span>${words.genders[gender]}</span></label>`,
)}
</div>
</fieldset>`;

const GENDER_ORDER = ['FEMALE', 'MALE', 'UNKNOWN'] as const satisfies readonly Gender[];

const collecting = (
  { words, agreed }: SignupPage,
  error: string | undefined,
): Html => html`<fieldset class="collecting${error ? ' wrong' : ''}">
<legend>${words.collecting}</legend>
<table>
<thead><tr><th scope="col">${words.columns.what}</th><th scope="col">${words.columns.why}</th><th scope="col">${words.columns.how}</th></tr></thead>
<tbody>${words.collected.map(
  ([what = '', why = '', how = '']) =>
    html`<tr><th scope="row">${what}</th><td>${why}</td><td class="key">${how}</td></tr>`,
)}</tbody>
</table>
<p class="fine" id="agree-how">${words.mayRefuse}</p>
${error ? html`<p class="error" id="agree-error">${error}</p>` : ''}
<label class="box" for="agree"><input type="checkbox" id="agree" name="agree" value="on"${agreed ? html` checked` : ''} aria-describedby="agree-how${
  error ? ' agree-error' : ''
}"><span>${words.agree}</span></label>
</fieldset>`;
