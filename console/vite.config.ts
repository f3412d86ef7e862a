import babel from '@rolldown/plugin-babel';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { medbizTokens } from './build/tokens.ts';
import { twoLanguages } from './build/two-languages.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Lingui's macros go through Babel, not through its native transform: that one comes as optional packages which npm
 * leaves out under Node 20, where an installation may well begin.
 */
const macros = babel({
  presets: [
    {
      preset: { plugins: ['@lingui/babel-plugin-lingui-macro'] },
      rolldown: { filter: { code: /@lingui\/(?:core|react)\/macro/ } },
    },
  ],
});

export default defineConfig({
  root: here('.'),
  base: '/console/',
  plugins: [
    medbizTokens(),
    twoLanguages(),
    macros,
    react(),
    lingui({ cwd: here('.'), failOnMissing: true, failOnCompileError: true }),
  ],
  build: {
    outDir: here('dist'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing is inlined: the pages' Content-Security-Policy knows no inline script or style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
