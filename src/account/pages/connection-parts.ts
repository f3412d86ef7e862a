import { type Connection, type Held, kindName, scopeAllows } from '#consent';
import type { Locale } from '#kernel';
import { capital, foreign, type Html, html } from '#signin';
import { dayOf, momentOf } from '../dates.ts';
import type { ConnectionWords } from '../words/connections.ts';

export const pathOf = (connection: Pick<Connection, 'client'>): string => `/account/connections/${connection.client}`;

/** A word in a frame of its own: a client in review, or one that can not be used now. An ACTIVE one has none. */
export function mark({ status }: Pick<Connection, 'status'>, words: ConnectionWords['facts']): Html | null {
  if (status === 'ACTIVE') return null;
  return status === 'PENDING'
    ? html` <span class="chip waiting">${words.inReview}</span>`
    : html` <span class="chip stopped">${words.unavailable}</span>`;
}

export const fact = (name: string, value: string | Html): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;

/** Who made it, since when, and when it was here last. */
export const useFacts = (connection: Connection, words: ConnectionWords['facts'], locale: Locale): Html =>
  html`${fact(words.since, dayOf(connection.connectedAt, locale))}
${fact(words.lastUsed, connection.lastUsedAt === null ? words.never : momentOf(connection.lastUsedAt, locale))}`;

export const madeBy = (connection: Connection, words: ConnectionWords['facts']): Html =>
  fact(words.madeBy, foreign(connection.ownerName));

/** `혈압, 혈당`. */
export const kindNames = ({ kinds }: Pick<Held, 'kinds'>, locale: Locale): string =>
  capital(kinds.map((kind) => kindName(kind, locale)).join(', '));

/** In the words of the consent page. */
export const allows = ({ scope }: Pick<Held, 'scope'>, locale: Locale): string => scopeAllows(scope, locale);
