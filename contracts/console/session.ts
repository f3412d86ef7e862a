import { Type } from 'typebox';
import { closed, Hex32, listOf, maybe, Time } from './shapes.ts';
import { LOCALES, ROLES } from './terms.ts';

/** Who is here, and what every page of the console needs. */
export const Session = closed({
  user: closed({
    userMuid: Hex32,
    userId: Type.String(),
    name: Type.String(),
    email: Type.String(),
    roles: listOf(Type.Enum([...ROLES]), ROLES.length),
  }),
  csrf: Type.String({
    maxLength: 128,
    description: 'Goes into X-CSRF-Token of every unsafe request, and into the field csrf of POST /logout.',
  }),
  brand: closed({
    name: Type.String(),
    icon: Type.String({ description: 'Our own path.' }),
    fontStylesheet: maybe(Type.String(), 'Our own path; null where only the system’s fonts are used.'),
    docsUrl: maybe(Type.String(), 'Where 문서 leads; null leaves it out.'),
  }),
  publicUrl: Type.String({ description: 'The origin that examples name.' }),
  locale: Type.Enum([...LOCALES]),
  secretDisplay: Type.Enum(['always', 'once']),
  authenticatedAt: Time,
  unreadNotices: Type.Integer({ minimum: 0 }),
  waitingReviews: maybe(Type.Integer({ minimum: 0 }), 'Null for whoever is no operator.'),
});
export type Session = Type.Static<typeof Session>;

/** The terms that make a user a developer, in the caller's language. */
export const DeveloperTerms = closed({
  version: Type.String({ maxLength: 32 }),
  terms: listOf(closed({ title: Type.String(), text: Type.String() }), 30),
  agree: Type.String({ description: 'The words beside the check box.' }),
});
export type DeveloperTerms = Type.Static<typeof DeveloperTerms>;

export const DeveloperAgreement = closed({ version: Type.String({ maxLength: 32 }) });
export type DeveloperAgreement = Type.Static<typeof DeveloperAgreement>;
