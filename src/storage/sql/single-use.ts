import type { Tx } from '../verb.ts';

/** Whoever inserts the row wins; everybody after is told false, until it is swept after `expiresAt` (attacks.md, R2). */
export async function useOnce(
  tx: Tx,
  kind: 'totp',
  issuer: string,
  value: string,
  expiresAt: number,
): Promise<boolean> {
  const inserted = await tx
    .insertInto('single_use')
    .values({ kind, issuer, value, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}
