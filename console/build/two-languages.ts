import type { Plugin } from 'vite';

const STRINGS = /\/intl\/(?:[a-z]+\/)?([a-z]{2}-[A-Z]{2})\.mjs$/;
const KEPT: ReadonlySet<string> = new Set(['ko-KR', 'en-US']);
const EMPTY = '\0no-strings';

/** React Aria brings its few words in some thirty languages; the console has two. */
export function twoLanguages(): Plugin {
  return {
    name: 'two-languages',
    enforce: 'pre',
    resolveId(id) {
      const locale = STRINGS.exec(id)?.[1];
      return locale === undefined || KEPT.has(locale) ? null : EMPTY;
    },
    load: (id) => (id === EMPTY ? 'export default {};' : null),
  };
}
