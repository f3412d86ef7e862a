import { Type } from 'typebox';
import { ClientDetail } from './client.ts';
import { closed, Hex32, listOf, maybe, SortableId, Time } from './shapes.ts';
import { LIMITS } from './terms.ts';

export const Secret = closed({
  id: SortableId,
  name: Type.String(),
  value: maybe(Hex32, 'Null where the platform shows a secret once only.'),
  createdAt: Time,
  expiresAt: maybe(Time),
  lastUsedAt: maybe(Time),
});
export type Secret = Type.Static<typeof Secret>;

/** The living ones, newest first; none for spa clients, which can keep none. */
export const SecretList = closed({ items: listOf(Secret, LIMITS.secrets) });
export type SecretList = Type.Static<typeof SecretList>;

/** `password` is asked for (403 `login_again`) when the login is old. */
export const ShowSecrets = closed({ password: Type.Optional(Type.String({ maxLength: LIMITS.password })) });
export type ShowSecrets = Type.Static<typeof ShowSecrets>;

/** Makes another secret. With `overlapHours` it replaces all others, which end after that time (0: at once). */
export const NewSecret = closed({
  name: Type.String({ minLength: 1, maxLength: LIMITS.secretName }),
  overlapHours: Type.Optional(Type.Integer({ minimum: 0, maximum: LIMITS.overlapHours })),
});
export type NewSecret = Type.Static<typeof NewSecret>;

/** `value` is always there: this is where a secret is shown once. */
export const MadeSecret = closed({ ...Secret.properties, value: Hex32 });
export type MadeSecret = Type.Static<typeof MadeSecret>;

/** `secret` is null for spa clients, and where the console can show it again whenever it is needed. */
export const Registered = closed({ client: ClientDetail, secret: maybe(MadeSecret) });
export type Registered = Type.Static<typeof Registered>;
