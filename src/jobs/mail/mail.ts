import type { Locale } from '#kernel';

/** A mail as its words; the text and the HTML are both made from them, so they always say the same. */
export interface Mail {
  readonly locale: Locale;
  readonly subject: string;
  readonly parts: readonly Part[];
}

export type Part =
  | string
  | { readonly link: string; readonly label: string }
  | { readonly list: readonly string[] }
  /** Beside the point, in smaller type. */
  | { readonly fine: string };

/** Plain text (RFC 5322): a link stands alone on its line, so that every mail reader finds its end. */
export function asText({ parts }: Mail): string {
  const blocks = parts.map((part) => {
    if (typeof part === 'string') return part;
    if ('link' in part) return `${part.label}\n${part.link}`;
    return 'list' in part ? part.list.map((item) => `- ${item}`).join('\n') : part.fine;
  });
  return `${blocks.join('\n\n')}\n`;
}

/** One column, no pictures, nothing that is loaded from anywhere. */
export function asHtml({ locale, subject, parts }: Mail): string {
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escape(subject)}</title></head>`,
    `<body style="${BODY}">`,
    ...parts.map(block),
    '</body></html>',
    '',
  ].join('\n');
}

function block(part: Part): string {
  if (typeof part === 'string') return `<p>${lines(part)}</p>`;
  if ('link' in part) return `<p><a href="${escape(part.link)}" style="${LINK}">${escape(part.label)}</a></p>`;
  if ('list' in part) return `<ul>${part.list.map((item) => `<li>${escape(item)}</li>`).join('')}</ul>`;
  return `<p style="${FINE}">${lines(part.fine)}</p>`;
}

const BODY =
  'max-width:560px;margin:0 auto;padding:24px;font:17px/1.65 sans-serif;color:#14232b;background:#ffffff;word-break:keep-all;overflow-wrap:anywhere';
const LINK =
  'display:inline-block;padding:12px 20px;border-radius:8px;background:#0b7a70;color:#ffffff;text-decoration:none;font-weight:700';
const FINE = 'font-size:15px;color:#4a5a63';

const lines = (text: string): string => escape(text).replaceAll('\n', '<br>');

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
