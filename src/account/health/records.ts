import type { LedgerFilter, Observation } from '#apis/ports';
import { HEALTH_KINDS, kindName } from '#consent';
import type { HttpAnswer, HttpRequest, Params, Route } from '#http';
import { DAY } from '#kernel';
import { actOf, pathWith, redirect } from '#signin';
import { forMember, type Member } from '../member.ts';
import { csvFile, csvLine } from './csv.ts';
import { dayField, startOfDay, timeText } from './days.ts';
import type { HealthPagesDeps } from './deps.ts';
import { showPage, shownTo } from './page.ts';
import { healthPage, readsPage, whatText } from './records-page.ts';

const PATH = '/account/health';
const READS = `${PATH}/reads`;
const ON_A_PAGE = 50;
const IN_A_FILE = 20_000;
const EXPORT_STEP = 5000;
const ERASE_STEP = 500;
const SORTABLE = /^[0-9a-z]{26}$/;
const FOREVER = 8.64e15;

/** 내 건강정보 and 누가 내 건강정보를 봤나. */
export function recordPages(deps: HealthPagesDeps): Route[] {
  const { health, ledger, catalogue } = deps.own;

  async function show(member: Member, done: string | null, alarm: string | null): Promise<HttpAnswer> {
    const shown = shownTo(deps, member);
    const { words, csrf } = shown;
    const summary = await health.summary(member.session.user.id);
    const main = healthPage({ words, locale: member.language.locale, csrf, summary, done, alarm });
    return showPage(deps, shown, { title: words.health.title, self: PATH, main, failed: alarm !== null });
  }

  const overview = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const erased = request.query().get('done') === 'erased';
      return show(member, erased ? shownTo(deps, member).words.health.erased : null, null);
    });

  const reads = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, READS, async (member) => {
      const shown = shownTo(deps, member);
      const filter = filterOf(request.query(), ON_A_PAGE + 1);
      const found = await ledger.of(member.session.user.id, filter);
      const rows = found.slice(0, ON_A_PAGE);
      const kept = { root: filter.root, from: fieldOf(filter.from, 0), to: fieldOf(filter.to, FOREVER) };
      const main = readsPage({
        words: shown.words,
        locale: member.language.locale,
        rows,
        root: filter.root,
        from: kept.from ?? '',
        to: kept.to ?? '',
        more: found.length > ON_A_PAGE ? pathWith('', { ...kept, before: rows.at(-1)?.id ?? null }) : null,
        csv: pathWith('', kept),
      });
      return showPage(deps, shown, { title: shown.words.reads.title, self: pathWith(READS, kept), main });
    });

  const readsFile = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, READS, async (member) => {
      const { locale } = member.language;
      const words = shownTo(deps, member).words.reads;
      const rows = await ledger.of(member.session.user.id, filterOf(request.query(), IN_A_FILE));
      const head = [words.at, words.application, words.company, words.whose, words.reader, words.what, words.count];
      const lines = rows.map((row) =>
        csvLine([
          timeText(row.at, locale),
          row.clientName ?? row.clientId,
          row.company ?? '',
          row.ownerLogin,
          row.readerLogin,
          whatText(words, row, locale),
          row.count,
        ]),
      );
      return csvFile('medbiz-reads.csv', csvLine(head) + lines.join(''));
    });

  /** By a form, not a link: what is taken out is noted. */
  const exportAll = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { id } = member.session.user;
      const { locale } = member.language;
      const units = new Map((await catalogue()).map((one) => [`${one.root} ${one.name}`, one.unit]));
      const lines = [csvLine(shownTo(deps, member).words.health.csv)];
      let after: Parameters<typeof health.page>[1] = null;
      do {
        const page: Awaited<ReturnType<typeof health.page>> = await health.page(id, after, EXPORT_STEP);
        for (const item of page.items) lines.push(...linesOf(item, units, kindName(item.root, locale)));
        after = page.next;
      } while (after !== null);
      await health.noteExport(actOf(request, deps.clock.now(), id), id);
      return csvFile('medbiz-health.csv', lines.join(''));
    });

  const erase = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      if (request.form.get('sure') !== 'on') return show(member, null, shownTo(deps, member).words.health.eraseNeeded);
      const { id } = member.session.user;
      const act = actOf(request, deps.clock.now(), id);
      let rows = 0;
      // In steps, so that other writers get their turn; each is durable by itself, and asking again goes on.
      for (let step = await health.erase(act, id, ERASE_STEP); step > 0; ) {
        rows += step;
        step = await health.erase(act, id, ERASE_STEP);
      }
      await health.noteErased(act, id, rows);
      return redirect(`${PATH}?done=erased`);
    });

  return [
    { method: 'GET', path: PATH, surface: 'page', body: 'none', handle: overview },
    { method: 'GET', path: READS, surface: 'page', body: 'none', handle: reads },
    { method: 'GET', path: `${READS}.csv`, surface: 'page', body: 'none', handle: readsFile },
    { method: 'POST', path: `${PATH}/export`, surface: 'page', body: 'form', handle: exportAll },
    { method: 'POST', path: `${PATH}/erase`, surface: 'page', body: 'form', handle: erase },
  ];
}

/** What can't be read of a filter filters nothing: the page shows more, never less, than was meant. */
function filterOf(query: Params, limit: number): LedgerFilter {
  const root = HEALTH_KINDS.find((kind) => kind === query.get('root')) ?? null;
  const to = startOfDay(query.get('to'));
  const before = query.get('before') ?? '';
  return {
    root,
    client: null,
    from: startOfDay(query.get('from')) ?? 0,
    to: to === null ? FOREVER : to + DAY - 1,
    before: SORTABLE.test(before) ? before : null,
    limit,
  };
}

const fieldOf = (at: number, none: number): string | null => (at === none ? null : dayField(at));

const linesOf = (item: Observation, units: ReadonlyMap<string, string>, kind: string): string[] =>
  Object.entries(item.values).map(([name, value]) =>
    csvLine([
      kind,
      item.device,
      item.field,
      new Date(item.measuredAt).toISOString(),
      new Date(item.receivedAt).toISOString(),
      name,
      typeof value === 'object' ? value.join(' ') : value,
      units.get(`${item.root} ${name}`) ?? '',
    ]),
  );
