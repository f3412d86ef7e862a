import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const SHEET = new URL('../../src/signin/assets/medbiz.css', import.meta.url);
const TOKENS = /:root \{\n[^}]*\}\n\n@media \(prefers-color-scheme: dark\) \{\n {2}:root \{\n[^}]*\}\n\}\n/;
const NAME = 'medbiz-tokens.css';

/** Takes the product's colours and types from the one sheet that has them; nothing else of it is the console's. */
export function medbizTokens(): Plugin {
  const resolved = `\0${NAME}`;
  return {
    name: 'medbiz-tokens',
    resolveId: (id) => (id === NAME ? resolved : null),
    load(id) {
      if (id !== resolved) return null;
      const found = TOKENS.exec(readFileSync(SHEET, 'utf8'));
      if (found === null) throw new Error('medbiz.css no longer begins with its tokens in light and dark.');
      return found[0];
    },
  };
}
