import { Type } from 'typebox';

/** `GET /user/me` (platform contract, section 3). */
export const UserMe = Type.Object(
  {
    userMuid: Type.String({ pattern: '^[0-9a-f]{32}$', description: 'The user’s stable identifier.' }),
    userId: Type.String({ description: 'The login name.' }),
    userid: Type.String({ description: 'The login name again, as older programs spell it.' }),
    email: Type.String(),
    userName: Type.String(),
    birthDay: Type.Union([Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' }), Type.Null()]),
    gender: Type.Union([Type.Literal('MALE'), Type.Literal('FEMALE'), Type.Literal('UNKNOWN')]),
    enabled: Type.Boolean(),
    createAt: Type.String({ description: 'ISO 8601, UTC.' }),
    updatedAt: Type.String({ description: 'ISO 8601, UTC.' }),
    authorities: Type.Array(Type.String(), {
      description: 'ROLE_USER, and ROLE_DEVELOPER for developers; never more.',
    }),
    vfsHomeDir: Type.Optional(
      Type.Union([Type.String(), Type.Null()], {
        description: 'With a drive scope only: the home folder, null until the user agreed to use the drive.',
      }),
    ),
    vfsStorageQuotaMb: Type.Optional(Type.Integer({ description: 'With a drive scope only: megabytes.' })),
  },
  { additionalProperties: false },
);
export type UserMe = Type.Static<typeof UserMe>;
