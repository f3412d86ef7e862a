/** What travels between the main thread and the writer thread; plain data, many in one message. */

export interface Call {
  readonly id: number;
  readonly verb: string;
  readonly args: unknown;
}

export type Answered =
  | { readonly id: number; readonly ok: true; readonly answer: unknown }
  | { readonly id: number; readonly ok: false; readonly error: { readonly message: string; readonly stack: string } };
