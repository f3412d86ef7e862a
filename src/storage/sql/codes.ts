import type { Act } from '#audit/ports';
import { equalBytes, type PresentedHandle, splitScope } from '#kernel';
import type { CodeStore, NewCode, RedeemOutcome } from '#oauth/ports';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { endGrant, insertAccess, insertGrant, insertRefresh, readLiveGrant, scopeColumns } from './issuing.ts';
import { standing } from './standing.ts';
import { completeTransaction } from './transactions.ts';
import { bare } from './users.ts';

type Redemption = Parameters<CodeStore['redeemAndIssue']>[1];

const issue = verb(
  'codes.issue',
  async (
    tx,
    { act, code, ticket }: { act: Act; code: NewCode; ticket: PresentedHandle | null },
  ): Promise<'issued' | 'already-done' | 'not-consented'> => {
    const epochs = await standing(tx, { ...code, at: act.at });
    if (epochs === null) return 'not-consented';
    if (ticket !== null && !(await completeTransaction(tx, ticket, act.at))) return 'already-done';
    await tx
      .insertInto('authorization_code')
      .values({
        lookup_id: code.handle.lookupId,
        digest: code.handle.digest,
        client_id: code.client,
        user_id: code.user,
        redirect_uri: code.redirectUri,
        redirect_uri_sent: code.redirectUriSent ? 1 : 0,
        ...scopeColumns(code),
        code_challenge: code.codeChallenge,
        ...epochs,
        authenticated_at: code.authenticatedAt,
        created_at: act.at,
        expires_at: code.expiresAt,
        used_at: null,
        grant_id: null,
      })
      .execute();
    await record(tx, act, { action: 'code.issued', outcome: 'ok', subject: code.user, client: code.client });
    return 'issued';
  },
);

/**
 * The UPDATE that marks the code used is the decision: client, redirect URI, first use and time all stand in it, so of
 * parallel calls one wins, and a wrong client changes nothing. Who comes second ends the grant that the first one made.
 */
const redeemAndIssue = verb(
  'codes.redeemAndIssue',
  async (tx, { act, redemption }: { act: Act; redemption: Redemption }): Promise<RedeemOutcome> => {
    const { code, client, redirectUri, grant, grantExpiresAt, access, refresh } = redemption;
    const won = await tx
      .updateTable('authorization_code')
      .set({ used_at: act.at, grant_id: grant })
      .where('lookup_id', '=', code.lookupId)
      .where('digest', '=', code.digest)
      .where('client_id', '=', client)
      .where('redirect_uri', '=', redirectUri)
      .where('used_at', 'is', null)
      .where('expires_at', '>', act.at)
      .returningAll()
      .executeTakeFirst();
    if (won === undefined) return lost(tx, act, redemption);
    await insertGrant(tx, {
      id: grant,
      kind: 'authorization_code',
      user_id: won.user_id,
      client_id: client,
      scope: won.scope,
      spelling: won.spelling,
      user_epoch: won.user_epoch,
      client_epoch: won.client_epoch,
      connection_epoch: won.connection_epoch,
      instance_epoch: won.instance_epoch,
      authenticated_at: won.authenticated_at,
      created_at: act.at,
      expires_at: grantExpiresAt,
    });
    const live = await readLiveGrant(tx, grant, act.at);
    if (live === null) return { outcome: 'withdrawn' };
    await insertAccess(tx, act.at, access, { grant, scopes: splitScope(won.scope) });
    if (refresh !== null) await insertRefresh(tx, act.at, refresh, { grant, client, generation: 1 });
    await record(tx, act, { action: 'token.issued', outcome: 'ok', subject: won.user_id, client, grant });
    return { outcome: 'redeemed', grant: live };
  },
);

async function lost(tx: Tx, act: Act, { code, client, redirectUri }: Redemption): Promise<RedeemOutcome> {
  const row = await tx
    .selectFrom('authorization_code')
    .selectAll()
    .where('lookup_id', '=', code.lookupId)
    .executeTakeFirst();
  if (row === undefined || !equalBytes(row.digest, code.digest)) return { outcome: 'unknown' };
  if (row.client_id !== client) return { outcome: 'not-yours' };
  if (row.used_at === null) return { outcome: row.redirect_uri === redirectUri ? 'expired' : 'unknown' };
  await record(tx, act, {
    action: 'code.replayed',
    outcome: 'refused',
    subject: row.user_id,
    client,
    grant: row.grant_id,
  });
  if (row.grant_id !== null) await endGrant(tx, act, row.grant_id, 'code_replayed');
  return { outcome: 'replayed' };
}

export function codeStore({ read, run }: Engine): CodeStore {
  return {
    async look(code) {
      const row = await read
        .selectFrom('authorization_code')
        .select(['client_id', 'redirect_uri', 'redirect_uri_sent', 'code_challenge'])
        .where('lookup_id', '=', code.lookupId)
        .where('digest', '=', code.digest)
        .executeTakeFirst();
      if (row === undefined) return { found: false };
      return {
        found: true,
        client: row.client_id,
        redirectUri: row.redirect_uri,
        redirectUriSent: row.redirect_uri_sent === 1,
        codeChallenge: row.code_challenge,
      };
    },

    issue: (act, code, ticket) => run(issue, { act, code: { ...code, handle: bare(code.handle) }, ticket }),

    redeemAndIssue: (act, redemption) =>
      run(redeemAndIssue, {
        act,
        redemption: {
          ...redemption,
          access: { ...redemption.access, handle: bare(redemption.access.handle) },
          refresh: redemption.refresh && { ...redemption.refresh, handle: bare(redemption.refresh.handle) },
        },
      }),
  };
}
