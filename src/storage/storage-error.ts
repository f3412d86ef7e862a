/**
 * The database could not do it: unreachable, full, locked for too long, or broken. Nothing of the verb was done. Refusals
 * are never thrown; they are outcomes. The edge answers 503.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
}

export const asStorageError = (error: unknown, what: string): StorageError =>
  error instanceof StorageError ? error : new StorageError(what, { cause: error });
