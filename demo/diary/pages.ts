import { html } from 'hono/html';
import type { Entry, Notice, Session } from './sessions.ts';
import { MOODS } from './sessions.ts';
import { type Language, type Words, wordsIn } from './words.ts';

export interface DiaryPage {
  readonly language: Language;
  readonly notice: Notice | null;
  readonly login: Session['login'];
  readonly entries: readonly Entry[];
  readonly issuer: string;
}

type Html = ReturnType<typeof html>;
const GOOD: ReadonlySet<Notice> = new Set(['refreshed', 'logged-out', 'saved']);

/** The whole page; everything that people wrote is escaped by `html`. */
export async function diaryPage(page: DiaryPage): Promise<string> {
  const words = wordsIn(page.language);
  const { login, notice, language } = page;
  const main = login === null ? front(words) : diary(words, page, login);
  return String(
    await html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<link rel="icon" href="/diary.svg">
<link rel="stylesheet" href="/diary.css">
</head>
<body>
<header class="top"><a class="mark" href="/"><span class="leaf" aria-hidden="true"></span>${words.title}</a>
<a class="language" href="/?lang=${language === 'ko' ? 'en' : 'ko'}" lang="${language === 'ko' ? 'en' : 'ko'}">${words.otherLanguage}</a></header>
<main>
${notice === null ? '' : html`<p class="notice ${GOOD.has(notice) ? 'good' : 'care'}" role="status" id="notice-${notice}">${words.notices[notice]}</p>`}
${main}
</main>
<footer>${words.sample}</footer>
</body>
</html>`,
  );
}

const front = (words: Words): Html => html`<section class="hero">
<h1>${words.promise}</h1>
<p class="lead">${words.lead}</p>
<a class="button" id="medbiz-login" href="/login">${words.login}</a>
<p class="small">${words.loginNote}</p>
</section>
<ul class="points">${words.points.map(([title, text]) => html`<li><strong>${title}</strong>${text}</li>`)}</ul>`;

function diary(words: Words, { language, entries }: DiaryPage, login: NonNullable<Session['login']>): Html {
  const { profile, tokens } = login;
  const [name, id, email, birthday, gender] = words.fields;
  const rows = [
    [name, profile.userName],
    [id, profile.userId],
    [email, profile.email],
    [birthday, profile.birthDay ?? words.none],
    [gender, words.genders[profile.gender]],
  ];
  const time = new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(tokens.expiresAt);
  return html`<h1 id="greeting">${words.greeting(profile.userName)}</h1>
<div class="columns">
<div>
<section class="card"><h2>${words.today}</h2>
<form method="post" action="/entries">
<fieldset><legend>${words.mood}</legend><div class="moods">${MOODS.map(
    (mood) =>
      html`<label class="mood ${mood}"><input type="radio" name="mood" value="${mood}" ${mood === 'good' ? 'checked' : ''}><span>${words.moods[mood]}</span></label>`,
  )}</div></fieldset>
<label class="field">${words.slept}<input name="slept" type="number" inputmode="decimal" min="0.5" max="24" step="0.5"></label>
<label class="field">${words.text}<input name="text" maxlength="500" autocomplete="off"></label>
<button class="button" id="write" type="submit">${words.save}</button>
</form></section>
<section class="card"><h2>${words.entries}</h2>
${entries.length === 0 ? html`<p class="small">${words.noEntries}</p>` : html`<ol class="entries">${entries.map((entry) => line(words, language, entry))}</ol>`}
</section>
</div>
<div>
<section class="card"><h2>${words.profile}</h2>
<dl id="profile">${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl></section>
<section class="card"><h2>${words.connection}</h2>
<p class="small">${words.connectedUntil(time)}</p>
<form method="post" action="/refresh"><button class="button quiet" id="refresh" type="submit">${words.refresh}</button></form>
<form method="post" action="/logout"><button class="button quiet" id="logout" type="submit">${words.logout}</button></form>
<p class="small">${words.logoutNote}</p></section>
</div>
</div>`;
}

const line = (
  words: Words,
  language: Language,
  { at, mood, sleptHours, text }: Entry,
): Html => html`<li class="${mood}">
<span class="when">${new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(at)}</span>
<span class="how">${words.moods[mood]}${sleptHours === null ? '' : `, ${words.hours(sleptHours)}`}</span>
${text === '' ? '' : html`<span class="what">${text}</span>`}</li>`;
