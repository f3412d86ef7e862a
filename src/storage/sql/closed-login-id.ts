import { sha256Base64url } from '#kernel';
import type { Tx } from '../verb.ts';

/**
 * What stays of a closed account's login id: enough to know it again, so that it is never given to anybody else (AC-30),
 * and not the name itself. No login id begins with this sign.
 */
export const closedLoginId = (folded: string): string => `#${sha256Base64url(`closed login id\n${folded}`)}`;

export const wasClosed = async (tx: Tx, folded: string): Promise<boolean> =>
  (await tx.selectFrom('login_id').select('folded').where('folded', '=', closedLoginId(folded)).executeTakeFirst()) !==
  undefined;
