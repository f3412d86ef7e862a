import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { HttpAnswer, Route } from '#http';
import { DAY, PageError, SECOND } from '#kernel';

/** Paths of what pages need, each with its content's hash in it, so that it may be kept for ever. */
export interface Assets {
  readonly stylesheet: string;
  readonly fontStylesheet: string;
  readonly icon: string;
  /** The one script there is: passkeys can't be used without one. */
  readonly passkeyScript: string;
  readonly routes: readonly Route[];
}

/** In this order, as one. */
const SHEETS = ['medbiz.css', 'account.css', 'factor.css'] as const;
const YEAR = (365 * DAY) / SECOND;
const FONT_DIR = 'web/variable/woff2-dynamic-subset';
const FONT_CSS = 'web/variable/pretendardvariable-dynamic-subset.css';
const FONT_FILE = /url\(\.\/woff2-dynamic-subset\/(PretendardVariable\.subset\.\d+\.woff2)\)/g;

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b7a70"/>
<path d="M8 23V9h3.2l4.8 8 4.8-8H24v14h-3.2v-8.4L16 22.4l-4.8-7.8V23z" fill="#fff"/></svg>`;

/** Reads our style sheets, the script and the font package's once, at start. The fonts' files are read when first asked for. */
export function loadAssets(): Assets {
  const own = (name: string): string => readFileSync(new URL(`./assets/${name}`, import.meta.url), 'utf8');
  const css = SHEETS.map(own).join('\n');
  const passkeys = own('passkey.js');
  const dist = join(dirname(createRequire(import.meta.url).resolve('pretendard/package.json')), 'dist');
  const fontCss = readFileSync(join(dist, FONT_CSS), 'utf8');
  const version = contentHash(fontCss);
  const files = new Set([...fontCss.matchAll(FONT_FILE)].map(([, file = '']) => file));
  const ownFontCss = tighten(
    fontCss.replaceAll(FONT_FILE, (_all, file: string) => `url(/assets/fonts/${version}/${file})`),
  );

  const sheet = fixed(`/assets/medbiz.${contentHash(css)}.css`, css, 'text/css; charset=utf-8');
  const fontSheet = fixed(`/assets/pretendard.${contentHash(ownFontCss)}.css`, ownFontCss, 'text/css; charset=utf-8');
  const icon = fixed(`/assets/icon.${contentHash(ICON)}.svg`, ICON, 'image/svg+xml');
  const script = fixed(`/assets/passkey.${contentHash(passkeys)}.js`, passkeys, 'text/javascript; charset=utf-8');
  return {
    stylesheet: sheet.path,
    fontStylesheet: fontSheet.path,
    icon: icon.path,
    passkeyScript: script.path,
    routes: [sheet, fontSheet, icon, script, fontRoute(`/assets/fonts/${version}/:file`, join(dist, FONT_DIR), files)],
  };
}

const contentHash = (text: string): string => hash('sha256', text, 'hex').slice(0, 16);

/** The licence stays as it is (OFL 1.1 wants it to travel along); space between rules goes. */
function tighten(css: string): string {
  const end = css.indexOf('*/') + 2;
  return (
    css.slice(0, end) +
    css
      .slice(end)
      .replaceAll(/\/\*[^*]*\*\//g, '')
      .replaceAll(/\s*([{};:,])\s*/g, '$1')
      .trim()
  );
}

function fixed(path: string, body: string, type: string): Route {
  const answer: HttpAnswer = { status: 200, type, body, cacheSeconds: YEAR };
  return { method: 'GET', path, surface: 'page', body: 'none', handle: async () => answer };
}

/** Only names that the package's own style sheet lists are ever opened. */
function fontRoute(path: string, folder: string, files: ReadonlySet<string>): Route {
  const kept = new Map<string, Promise<Uint8Array>>();
  return {
    method: 'GET',
    path,
    surface: 'page',
    body: 'none',
    async handle(request) {
      const file = request.pathParams['file'] ?? '';
      if (!files.has(file)) throw new PageError('not-found', 404, { reason: 'malformed' });
      let bytes = kept.get(file);
      if (bytes === undefined) {
        bytes = readFile(join(folder, file));
        kept.set(file, bytes);
      }
      return { status: 200, type: 'font/woff2', body: await bytes, cacheSeconds: YEAR };
    },
  };
}
