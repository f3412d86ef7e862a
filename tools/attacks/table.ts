import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PAGE = 'docs/security.md';
const ID = /\b(?:RU|PA|RM|PK|CO|RT|CA|SC|CS|OI|JW|SS|LK|GR|RS|FI|AC|WB|IN|HT|OP)-\d\d\b/g;

/** What stands between an attack and the platform. */
export type Answer = 'test' | 'design' | 'not yet' | 'open';

export interface Group {
  readonly title: string;
  readonly ids: readonly { readonly id: string; readonly answer: Answer }[];
  /** Tests whose title or table of cases names an attack of the group. */
  readonly tests: number;
}

interface Source {
  /** Below `tests/`, as the page writes it. */
  readonly path: string;
  readonly text: string;
  readonly titles: readonly string[];
}

async function sources(): Promise<Source[]> {
  const paths = globSync('tests/**/*.test.ts', { cwd: ROOT }).map((path) => path.replaceAll('\\', '/'));
  return Promise.all(
    paths.map(async (path) => {
      const text = await readFile(`${ROOT}/${path}`, 'utf8');
      const titles = [
        ...text.matchAll(/\b(?:test|always|describe|onBoth|linear)\(\s*(['"`])((?:\\.|(?!\1)[^\\])*)\1/g),
      ];
      return {
        path: path.slice('tests/'.length),
        text,
        titles: titles.map(([, , title = '']) => title.replaceAll(/\\(.)/g, '$1')),
      };
    }),
  );
}

/** The page's groups, each with its attacks and how they are answered. */
export async function attackTable(): Promise<Group[]> {
  const [page, files] = await Promise.all([readFile(`${ROOT}/${PAGE}`, 'utf8'), sources()]);
  return page
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\n');
      const ids = lines.flatMap((line) => {
        const [, named = '', answer = ''] = /^\| ([^|]+) \| (.+) \|$/.exec(line) ?? [];
        return [...named.matchAll(ID)].map(([id]) => ({ id, answer: answerOf(id, answer, files) }));
      });
      const known = new Set(ids.map(({ id }) => id));
      const tests = files
        .flatMap(({ titles }) => titles)
        .filter((each) => [...each.matchAll(ID)].some(([id]) => known.has(id)));
      return { title, ids, tests: tests.length };
    })
    .filter(({ ids }) => ids.length > 0);
}

function answerOf(id: string, text: string, files: readonly Source[]): Answer {
  if (text.includes('open (issue')) return 'open';
  // "The list" names its attacks case by case.
  if (/\.test\.ts/.test(text) || text.includes('the list') || /^[A-Z]{2}-\d\d/.test(text)) return 'test';
  if (text.startsWith('not yet')) return 'not yet';
  return files.some((file) => file.titles.some((title) => title.includes(id))) ? 'test' : 'design';
}

/** Tests that the page names and that are not there. A title may be shortened with an ellipsis at its end. */
export async function missingTests(): Promise<string[]> {
  const [page, files] = await Promise.all([readFile(`${ROOT}/${PAGE}`, 'utf8'), sources()]);
  const missing: string[] = [];
  for (const [, path = '', titles = ''] of page.matchAll(
    /`([\w/-]+\.test\.ts)`: ((?:"[^"]+"(?:, (?=")| and (?="))?)+)/g,
  )) {
    const file = files.find((one) => one.path === path);
    for (const [, title = ''] of titles.matchAll(/"([^"]+)"/g)) {
      const wanted = title.replace(/…$/, '').trim();
      const isThere = file?.titles.some((each) => each.includes(wanted)) ?? false;
      // Titles that are made of parts stand in the file as parts.
      if (!isThere && !(file?.text.includes(wanted) ?? false)) missing.push(`tests/${path}: ${title}`);
    }
  }
  return missing;
}
