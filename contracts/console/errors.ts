import { Type } from 'typebox';
import { closed, listOf } from './shapes.ts';
import { CONSOLE_ERRORS } from './terms.ts';

/** What is wrong at which field of a form; `problem` is one of the words of `rules/content.ts`. */
export const FieldProblem = closed({
  field: Type.String({ maxLength: 64 }),
  problem: Type.String({ maxLength: 64 }),
  value: Type.Optional(Type.String({ description: 'The value it is about, where there are several.' })),
});
export type FieldProblem = Type.Static<typeof FieldProblem>;

/** Every error of `/api/v1`: the open API's shape, with the fields of a form where it is about one. */
export const ConsoleErrorBody = closed({
  status: Type.Integer(),
  method: Type.String(),
  path: Type.String(),
  errCode: Type.Literal(true),
  message: Type.String(),
  timestamp: Type.Integer(),
  error: Type.Enum([...CONSOLE_ERRORS]),
  fields: Type.Optional(listOf(FieldProblem, 100)),
});
export type ConsoleErrorBody = Type.Static<typeof ConsoleErrorBody>;
