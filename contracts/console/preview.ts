import { Type } from 'typebox';
import { ClientContent, Scope } from './client.ts';
import { closed, Flag, Hex32, listOf, maybe } from './shapes.ts';
import { LOCALES, SCOPES } from './terms.ts';

/**
 * `content` need not be complete: a half-filled form has a preview, too. With `client`, its owner is the recipient (for
 * that owner and for operators, 404 for others); without, the caller is.
 */
export const PreviewRequest = closed({
  content: ClientContent,
  locale: Type.Enum([...LOCALES]),
  client: Type.Optional(Hex32),
});
export type PreviewRequest = Type.Static<typeof PreviewRequest>;

/** One scope as the consent page would show it: the five items of 개인정보 보호법 제17조제2항. */
export const PreviewNotice = closed({
  scope: Scope,
  allows: Type.String({ description: 'The heading: what the user is told that the scope allows.' }),
  required: Flag,
  sensitive: Type.Boolean({ description: 'Shown apart, with a consent of its own.' }),
  recipient: Type.String(),
  purpose: Type.String(),
  items: listOf(Type.String(), 30),
  retention: Type.String(),
  refusalEffect: Type.String(),
});

export const ConsentPreview = closed({
  locale: Type.Enum([...LOCALES]),
  clientName: Type.String(),
  recipient: Type.String(),
  destination: maybe(Type.String(), 'Where the user is sent, of the first usable redirect URL.'),
  notices: listOf(PreviewNotice, SCOPES.length),
  refreshes: Type.Boolean({ description: 'The page says that the app can reach the information between logins.' }),
  healthDays: Type.Integer({ minimum: 1 }),
});
export type ConsentPreview = Type.Static<typeof ConsentPreview>;
