import type { Cookie, HttpAnswer, PageErrorRenderer, Route } from '#http';
import type { Locale, PageErrorKind } from '#kernel';
import { loadAssets } from '../assets.ts';
import { wordsFor } from '../words/index.ts';
import { errorPage } from './error.ts';
import { type Brand, frame } from './frame.ts';
import type { Html } from './html.ts';

export interface PageContent {
  readonly locale: Locale;
  readonly title: string;
  /** Path and query of this page, for the language link. */
  readonly self: string | null;
  readonly main: Html;
  readonly width?: 'narrow' | 'wide';
  /** Something has to be corrected: the title says so first. */
  readonly failed?: boolean;
  readonly status?: number;
  readonly cookies?: readonly Cookie[];
  readonly formAction?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
  /** The page offers passkeys, which need a script. */
  readonly passkeys?: boolean;
}

/** What makes a page out of its content: brand, style sheet, the frame around it. One for the whole server. */
export interface Pages {
  readonly brand: Brand;
  page(content: PageContent): HttpAnswer;
  readonly renderPageError: PageErrorRenderer;
  /** Our own path of the style sheet that brings the fonts; it may be kept for ever. */
  readonly fontStylesheet: string;
  readonly icon: string;
  /** The style sheet, the icon and the fonts. */
  readonly routes: readonly Route[];
}

/** Reads the assets from disk, once. */
export function createPages(brand: Brand): Pages {
  const assets = loadAssets();
  return {
    brand,
    routes: assets.routes,
    fontStylesheet: assets.fontStylesheet,
    icon: assets.icon,

    page({ locale, title, self, main, width = 'narrow', failed = false, status = 200, passkeys = false, ...more }) {
      const shown = failed ? wordsFor(locale).frame.errorTitle(title) : title;
      const { cookies, formAction, headers } = more;
      const script = passkeys ? assets.passkeyScript : null;
      return {
        status,
        body: frame({ locale, brand, assets, title: shown, self, width, main, script }),
        ...(script === null ? {} : { script }),
        ...(cookies === undefined ? {} : { cookies }),
        ...(formAction === undefined ? {} : { formAction }),
        ...(headers === undefined ? {} : { headers }),
      };
    },

    renderPageError({ kind, retryAfter }, { locale, requestId }) {
      const words = wordsFor(locale).errors;
      const known = (kind in words.kinds ? kind : 'broken') as PageErrorKind;
      const main = errorPage({ words, kind: known, requestId, retryAfter });
      return frame({ locale, brand, assets, title: words.kinds[known].title, self: null, main });
    },
  };
}
