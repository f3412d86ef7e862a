/** What a pure validator returns: it decides, its caller throws once. */
export type Result<Value, Problem> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: Problem };

export const ok = <Value>(value: Value): Result<Value, never> => ({ ok: true, value });
export const no = <Problem>(problem: Problem): Result<never, Problem> => ({ ok: false, problem });
