import { type Html, html } from '#signin';

/** The way back stands first on every page below 내 정보. */
export const back = (href: string, label: string | Html): Html =>
  html`<p class="back"><a href="${href}">${label}</a></p>`;
