/**
 * A job that can not be done now, or ever. Its word is kept in the job's row and in the log; it comes from a fixed list,
 * never from outside.
 */
export class JobFailure extends Error {
  override readonly name = 'JobFailure';
  readonly word: string;
  /** Trying again is of no use. */
  readonly final: boolean;

  constructor(word: string, options: { final: boolean }) {
    super(word);
    this.word = word;
    this.final = options.final;
  }
}
