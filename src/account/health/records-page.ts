import type { LedgerRow } from '#apis/ports';
import { HEALTH_KINDS, type HealthKind, kindName } from '#consent';
import type { Locale } from '#kernel';
import { alarm, foreign, hidden, type Html, html } from '#signin';
import { timeText } from './days.ts';
import type { HealthWords } from './words.ts';

/** What was read, in the reader's language. */
export const whatText = (words: HealthWords['reads'], row: LedgerRow, locale: Locale): string => {
  const kind = HEALTH_KINDS.find((one) => one === row.detail);
  return `${words.kinds[row.what] ?? row.what}: ${kind === undefined ? row.detail : kindName(kind, locale)}`;
};

export interface ReadsPage {
  readonly words: HealthWords;
  readonly locale: Locale;
  readonly rows: readonly LedgerRow[];
  readonly root: HealthKind | null;
  readonly from: string;
  readonly to: string;
  /** The query of the next page; null on the last. */
  readonly more: string | null;
  readonly csv: string;
}

/** 누가 내 건강정보를 봤나. */
export function readsPage({ words: all, locale, rows, root, from, to, more, csv }: ReadsPage): Html {
  const words = all.reads;
  return html`<h1>${words.title}</h1>
<p class="lead">${words.lead}</p>
<form method="get" action="/account/health/reads">
<fieldset class="kinds"><legend>${words.filter}</legend>
<div class="field"><label for="root">${words.root}</label>
<select id="root" name="root"><option value="">${words.every}</option>${HEALTH_KINDS.map(
    (kind) => html`<option value="${kind}"${kind === root ? html` selected` : ''}>${kindName(kind, locale)}</option>`,
  )}</select></div>
<div class="field"><label for="from">${words.from}</label><input id="from" name="from" type="date" value="${from}"></div>
<div class="field"><label for="to">${words.to}</label><input id="to" name="to" type="date" value="${to}"></div>
<button class="even-button" type="submit">${words.show}</button>
</fieldset>
</form>
${
  rows.length === 0
    ? html`<p id="no-reads">${words.empty}</p>`
    : html`<table id="reads"><thead><tr><th scope="col">${words.at}</th><th scope="col">${words.application}</th><th scope="col">${words.whose}</th><th scope="col">${words.reader}</th><th scope="col">${words.what}</th><th scope="col">${words.count}</th></tr></thead>
<tbody>${rows.map(
        (row) =>
          html`<tr><td>${timeText(row.at, locale)}</td><td>${foreign(row.clientName ?? row.clientId)} (${foreign(row.company ?? '-')})</td><td>${foreign(row.ownerLogin)}</td><td>${foreign(row.readerLogin)}</td><td>${whatText(words, row, locale)}</td><td>${row.count}</td></tr>`,
      )}</tbody></table>
<p><a class="link-button" href="/account/health/reads.csv${csv}">${words.export}</a></p>`
}
${more === null ? '' : html`<p><a id="more" class="link-button" href="/account/health/reads${more}">${words.more}</a></p>`}
<p class="beside"><a href="/account/health">${all.health.title}</a></p>`;
}

export interface HealthPage {
  readonly words: HealthWords;
  readonly locale: Locale;
  readonly csrf: string;
  readonly summary: readonly { readonly root: HealthKind; readonly count: number; readonly newest: number }[];
  readonly done: string | null;
  readonly alarm: string | null;
}

/** 내 건강정보: what there is, who saw it, taking it along, erasing it. */
export function healthPage({ words: all, locale, csrf, summary, done, ...page }: HealthPage): Html {
  const words = all.health;
  return html`<h1>${words.title}</h1>
${done === null ? '' : html`<p class="done" role="status">${done}</p>`}
${alarm(page.alarm)}
<p class="lead">${words.lead}</p>
${
  summary.length === 0
    ? html`<p id="no-health">${words.empty}</p>`
    : html`<table id="summary"><thead><tr><th scope="col">${words.kind}</th><th scope="col">${words.count}</th><th scope="col">${words.newest}</th></tr></thead>
<tbody>${summary.map(
        ({ root, count, newest }) =>
          html`<tr><th scope="row">${kindName(root, locale)}</th><td>${count}</td><td>${timeText(newest, locale)}</td></tr>`,
      )}</tbody></table>`
}
<p><a class="link-button" href="/account/health/reads">${words.reads}</a></p>
<p><a class="link-button" href="/account/devices">${words.devices}</a></p>
<p><a class="link-button" href="/account/sharing">${words.sharing}</a></p>
<h2>${words.exportTitle}</h2>
<p>${words.exportHow}</p>
<form method="post" action="/account/health/export">
${hidden({ csrf })}
<button id="export" class="even-button" type="submit">${words.export}</button>
</form>
<h2>${words.eraseTitle}</h2>
<form method="post" action="/account/health/erase">
${hidden({ csrf })}
<p id="erase-how">${words.eraseHow}</p>
<label class="box" for="sure"><input type="checkbox" id="sure" name="sure" value="on" aria-describedby="erase-how"><span>${words.eraseAgree}</span></label>
<button id="erase" class="even-button" type="submit">${words.erase}</button>
</form>
<p class="beside"><a href="/account">${all.back}</a></p>`;
}
