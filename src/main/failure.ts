/** Something the person at the terminal can put right; the message is one sentence that says what. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** The command was understood and could not be done; the message says why and what to do. */
export class Unable extends Error {
  override readonly name = 'Unable';
}
