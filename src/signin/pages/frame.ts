import type { Locale } from '#kernel';
import type { Assets } from '../assets.ts';
import { wordsFor } from '../words/index.ts';
import { type Html, html, markup } from './html.ts';

/** The operator's own name for the platform, and where people may ask. */
export interface Brand {
  readonly name: string;
  /** An e-mail address or a telephone number that people can turn to; null where the operator gave none. */
  readonly contact: string | null;
}

export interface FrameContent {
  readonly locale: Locale;
  readonly brand: Brand;
  readonly assets: Assets;
  /** Of this page alone; the brand's name follows it. */
  readonly title: string;
  /** Our own path and query under which this page is asked for, for the language link. Null where there is none. */
  readonly self: string | null;
  /** `wide` for pages with a form of many fields. */
  readonly width?: 'narrow' | 'wide';
  readonly main: Html;
  /** Our own path of a script; null for the many pages that have none. */
  readonly script?: string | null;
}

/** The page around every page: title, skip link, name, language, main, contact. Works without JavaScript. */
export function frame({
  locale,
  brand,
  assets,
  title,
  self,
  width = 'narrow',
  main,
  script = null,
}: FrameContent): string {
  const words = wordsFor(locale).frame;
  const page = html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<title>${title} · ${brand.name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="stylesheet" href="${assets.stylesheet}">
<link rel="icon" type="image/svg+xml" href="${assets.icon}">
${script === null ? '' : html`<script type="module" src="${script}"></script>`}
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header class="top"><div class="top-in ${width}"><a class="brand" href="/">${brand.name}</a>${languageLink(locale, self)}</div></header>
<main id="main" class="sheet ${width}" tabindex="-1">
${main}
</main>
<footer class="foot ${width}">${brand.contact === null ? words.noContact : words.contact(brand.contact)}</footer>
${FONTS_LAST(assets)}
</body>
</html>
`;
  return page.toString();
}

/** At the end of the body: the page is drawn in the system's font before these are asked for. */
const FONTS_LAST = (assets: Assets): Html => html`<link rel="stylesheet" href="${assets.fontStylesheet}">`;

function languageLink(locale: Locale, self: string | null): Html {
  if (self === null) return markup('');
  const other = locale === 'ko' ? 'en' : 'ko';
  const href = `${self}${self.includes('?') ? '&' : '?'}lang=${other}`;
  const name = wordsFor(other).frame.thisLanguage;
  return html`<a class="language" href="${href}" lang="${other}" hreflang="${other}">${name}</a>`;
}
