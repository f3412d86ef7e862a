import { DAY } from '#kernel';
import { type Tx, verb } from '../verb.ts';
import { BACKOFF_KEPT_MS } from './backoff.ts';

/** A used code is kept after its end, so that its replay is known for what it is and kills what it made. */
const CODES_KEPT_MS = DAY;
/** Grants stand in records of support and audit for a while after their end. */
const GRANTS_KEPT_MS = 30 * DAY;
/** What the queue did is seen for a day; what it gave up, with what it was told, until somebody had time to look. */
const JOBS_KEPT_MS = DAY;
const DEAD_JOBS_KEPT_MS = 14 * DAY;
/** Access records stay tied to a person for two years (안전성 확보조치 기준 제8조제1항); then a closed account is nobody's. */
const CLOSED_KNOWN_MS = 2 * 366 * DAY;

type Expiring =
  | 'access_token'
  | 'refresh_token'
  | 'authorization_code'
  | 'authorization_transaction'
  | 'login_session'
  | 'operator_link'
  | 'mail_link'
  | 'pending_login'
  | 'totp_enrolment'
  | 'passkey_challenge';

/**
 * Removes what has expired, at most `most` rows of each kind, and erases stored refresh answers whose grace is over.
 * Nothing lives because it was not swept yet: every read compares the time. Returns the number of rows touched, at most
 * `most` counted per kind.
 */
export const sweep = verb('grants.sweep', async (tx, { now, most }: { now: number; most: number }): Promise<number> => {
  const counts = [
    await eraseAnswers(tx, now, most),
    await removeExpired(tx, 'access_token', now, most),
    await removeExpired(tx, 'refresh_token', now, most),
    await removeExpired(tx, 'authorization_code', now - CODES_KEPT_MS, most),
    await removeExpired(tx, 'authorization_transaction', now, most),
    await removeExpired(tx, 'login_session', now, most),
    await removeExpired(tx, 'operator_link', now, most),
    await removeExpired(tx, 'mail_link', now, most),
    await removeJobs(tx, now - JOBS_KEPT_MS, now - DEAD_JOBS_KEPT_MS, most),
    await removeExpired(tx, 'pending_login', now, most),
    await removeExpired(tx, 'totp_enrolment', now, most),
    await removeExpired(tx, 'passkey_challenge', now, most),
    await forgetClosed(tx, now - CLOSED_KNOWN_MS, most),
    await removeGrants(tx, now - GRANTS_KEPT_MS, most),
    await removeRepeats(tx, now, most),
    await removeSingleUses(tx, now, most),
    await removeCounters(tx, now - BACKOFF_KEPT_MS, most),
  ];
  return Math.max(...counts);
});

/** The rows stay as they were written, and the chain over them whole; only whom they are about is no longer known. */
async function forgetClosed(tx: Tx, before: number, most: number): Promise<number> {
  const due = tx
    .selectFrom('audit_subject as s')
    .innerJoin('user_account as u', 'u.id', 's.user_id')
    .select('s.ref')
    .where('u.status', '=', 'CLOSED')
    .where('u.closed_at', '<=', before)
    .limit(most);
  const forgotten = await tx.deleteFrom('audit_subject').where('ref', 'in', due).executeTakeFirst();
  return Number(forgotten.numDeletedRows);
}

async function eraseAnswers(tx: Tx, now: number, most: number): Promise<number> {
  const due = tx.selectFrom('refresh_token').select('lookup_id').where('repeat_until', '<=', now).limit(most);
  const erased = await tx
    .updateTable('refresh_token')
    .set({ answer: null, repeat_until: null })
    .where('lookup_id', 'in', due)
    .executeTakeFirst();
  return Number(erased.numUpdatedRows);
}

async function removeExpired(tx: Tx, table: Expiring, before: number, most: number): Promise<number> {
  const due = tx.selectFrom(table).select('lookup_id').where('expires_at', '<=', before).limit(most);
  const removed = await tx.deleteFrom(table).where('lookup_id', 'in', due).executeTakeFirst();
  return Number(removed.numDeletedRows);
}

async function removeJobs(tx: Tx, doneBefore: number, deadBefore: number, most: number): Promise<number> {
  const due = tx
    .selectFrom('job')
    .select('id')
    .where('done_at', '<=', doneBefore)
    .where((eb) => eb.or([eb('last_error', 'is', null), eb('done_at', '<=', deadBefore)]))
    .limit(most);
  const removed = await tx.deleteFrom('job').where('id', 'in', due).executeTakeFirst();
  return Number(removed.numDeletedRows);
}

async function removeGrants(tx: Tx, before: number, most: number): Promise<number> {
  const due = tx
    .selectFrom('oauth_grant as g')
    .select('g.id')
    .where('g.expires_at', '<=', before)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('access_token as t').select('t.lookup_id').whereRef('t.grant_id', '=', 'g.id'))),
    )
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('refresh_token as t').select('t.lookup_id').whereRef('t.grant_id', '=', 'g.id'))),
    )
    .limit(most);
  const ids = (await due.execute()).map(({ id }) => id);
  if (ids.length === 0) return 0;
  // Tokens that were made for devices under these grants have been dead as long.
  await tx.deleteFrom('device_credential').where('grant_id', 'in', ids).execute();
  const removed = await tx.deleteFrom('oauth_grant').where('id', 'in', ids).executeTakeFirst();
  return Number(removed.numDeletedRows);
}

async function removeRepeats(tx: Tx, now: number, most: number): Promise<number> {
  const due = await tx
    .selectFrom('device_repeat')
    .select(['device', 'key'])
    .where('expires_at', '<=', now)
    .limit(most)
    .execute();
  for (const { device, key } of due) {
    await tx.deleteFrom('device_repeat').where('device', '=', device).where('key', '=', key).execute();
  }
  return due.length;
}

async function removeSingleUses(tx: Tx, now: number, most: number): Promise<number> {
  const due = await tx.selectFrom('single_use').selectAll().where('expires_at', '<=', now).limit(most).execute();
  for (const { kind, issuer, value } of due) {
    await tx
      .deleteFrom('single_use')
      .where('kind', '=', kind)
      .where('issuer', '=', issuer)
      .where('value', '=', value)
      .execute();
  }
  return due.length;
}

async function removeCounters(tx: Tx, before: number, most: number): Promise<number> {
  const old = tx.selectFrom('backoff_counter').select('value').where('updated_at', '<=', before).limit(most);
  const removed = await tx
    .deleteFrom('backoff_counter')
    .where('value', 'in', old)
    .where('updated_at', '<=', before)
    .executeTakeFirst();
  return Number(removed.numDeletedRows);
}
