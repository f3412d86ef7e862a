import { html as escape, raw } from 'hono/html';

/** Markup whose every inserted text has been escaped. */
export type Html = Exclude<ReturnType<typeof escape>, Promise<unknown>>;

/** Nothing that could become markup by accident, and no promises: a page is made in one go. */
export type HtmlValue = string | number | boolean | null | undefined | Html | readonly HtmlValue[];

/** A tagged template that escapes what is put in (`hono/html`). Booleans, null and undefined leave nothing. */
export const html = (strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html =>
  escape(strings, ...values) as Html;

/** For fixed markup of our own alone. */
export const markup = (text: string): Html => raw(text);

/** Controls, bidirectional overrides, zero-width marks: whatever lets a name pretend (CS-22). */
const PRETENDING = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/gu;

/**
 * A text that somebody else chose, made safe to look at: cut to `most` characters, without tricks, and isolated so that
 * its direction does not spill over.
 */
export function foreign(text: string, most = 64): Html {
  const characters = [...text.replaceAll(PRETENDING, '')];
  const shown = characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
  return html`<bdi>${shown}</bdi>`;
}
