import type { MailLinkKind } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Tx } from '../verb.ts';

/** Ends the links of a user that were mailed and not yet used: those of one kind, or all. */
export async function endMailLinks(tx: Tx, user: UserMuid, at: number, kind?: MailLinkKind): Promise<void> {
  const living = tx
    .updateTable('mail_link')
    .set({ ended_at: at })
    .where('user_id', '=', user)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null);
  await (kind === undefined ? living : living.where('kind', '=', kind)).execute();
}
