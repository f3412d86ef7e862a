import type { Act } from '#audit/ports';
import type { Enroller, EnrolOutcome, LoginMethod } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Tx } from '../verb.ts';
import { record } from './audit-entry.ts';
import { countFactors, firstRecoveryCodes } from './factor-rows.ts';
import { finish, holdPending } from './pending-logins.ts';
import { endOtherSessions } from './sessions.ts';

/** Whether the session, or the begun login, that enrols a factor is still there. Held until the transaction ends. */
export async function holdEnroller(tx: Tx, by: Enroller, user: UserMuid, at: number): Promise<boolean> {
  if ('start' in by) {
    // Whoever has a factor shows it; only somebody without one may make the first while logging in.
    return (
      by.start.pending !== null &&
      (await countFactors(tx, user)) === 0 &&
      (await holdPending(tx, by.start.pending, user, at))
    );
  }
  const held = await tx
    .updateTable('login_session')
    .set((eb) => ({ last_seen_at: eb.ref('last_seen_at') }))
    .where('lookup_id', '=', by.session)
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', at)
    .executeTakeFirst();
  return held.numUpdatedRows === 1n;
}

/**
 * What follows once the new factor's row is there: recovery codes if there were none, an end to every other session
 * (CS-17: those were made without it), and the enroller's own session proven by it.
 */
export async function afterEnrolment(
  tx: Tx,
  act: Act,
  enrolled: { user: UserMuid; method: LoginMethod; recovery: readonly string[]; by: Enroller },
): Promise<EnrolOutcome> {
  const { user, method, by } = enrolled;
  const codesKept = await firstRecoveryCodes(tx, act, user, enrolled.recovery);
  await record(tx, act, { action: 'factor.enrolled', outcome: 'ok', subject: user, reason: method });
  if ('start' in by) {
    await finish(tx, act, by.start);
    await endOtherSessions(tx, user, by.start.handle.lookupId, act.at);
  } else {
    await endOtherSessions(tx, user, by.session, act.at);
    await proveSession(tx, by.session, method);
  }
  return { outcome: 'enrolled', codesKept };
}

async function proveSession(tx: Tx, lookupId: string, method: LoginMethod): Promise<void> {
  const { methods } = await tx
    .selectFrom('login_session')
    .select('methods')
    .where('lookup_id', '=', lookupId)
    .executeTakeFirstOrThrow();
  const all = [...new Set([...methods.split(' '), method])].join(' ');
  await tx
    .updateTable('login_session')
    .set({ second_factor: 1, methods: all })
    .where('lookup_id', '=', lookupId)
    .execute();
}
