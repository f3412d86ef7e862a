import babel from '@rolldown/plugin-babel';
import { getConfig } from '@lingui/conf';
import { lingui } from '@lingui/vite-plugin';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { medbizTokens } from './build/tokens.ts';
import { twoLanguages } from './build/two-languages.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Named, because its own search begins wherever the process was started. */
const linguiConfig = getConfig({ configPath: here('lingui.config.ts') });

/**
 * Lingui's macros go through Babel, not through its native transform: that one comes as optional packages which npm
 * leaves out under Node 20, where an installation may well begin.
 */
const macros = babel({
  presets: [
    {
      preset: { plugins: [['@lingui/babel-plugin-lingui-macro', { linguiConfig }]] },
      rolldown: { filter: { code: /@lingui\/(?:core|react)\/macro/ } },
    },
  ],
});

const SERVED = ['/api', '/assets', '/login', '/logout', '/signin', '/account'];

export default defineConfig({
  root: here('.'),
  base: '/console/',
  plugins: [
    medbizTokens(),
    twoLanguages(),
    macros,
    react(),
    lingui({ configPath: here('lingui.config.ts'), failOnMissing: true, failOnCompileError: true }),
  ],
  // `npm run dev` in this folder: the pages from here, everything else from a server that runs beside it.
  server: { proxy: Object.fromEntries(SERVED.map((path) => [path, 'http://localhost:8080'])) },
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
