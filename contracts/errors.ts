import { Type } from 'typebox';

/** Every error of the open API (platform contract, section 8). */
export const ApiErrorBody = Type.Object(
  {
    status: Type.Integer({ description: 'The HTTP status.' }),
    method: Type.String(),
    path: Type.String(),
    errCode: Type.Literal(true, { description: 'A boolean, as the mobile SDK expects: always true on an error.' }),
    message: Type.String(),
    timestamp: Type.Integer({ description: 'Milliseconds since 1970.' }),
    error: Type.String({ description: 'The machine-readable reason.' }),
  },
  { additionalProperties: false },
);
export type ApiErrorBody = Type.Static<typeof ApiErrorBody>;
