import { joinScope, joinSpelling, type PresentedHandle, splitScope, splitSpelling, type UserMuid } from '#kernel';
import type { AuthorizationRequest, Transaction, TransactionStore } from '#oauth/ports';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { bare } from './users.ts';

interface Start {
  readonly ticket: PresentedHandle;
  readonly transaction: Omit<Transaction, 'answeredBy' | 'completed'>;
}

const start = verb('transactions.start', async (tx, { ticket, transaction }: Start): Promise<void> => {
  const { request, browser, createdAt, expiresAt } = transaction;
  await tx
    .insertInto('authorization_transaction')
    .values({
      lookup_id: ticket.lookupId,
      digest: ticket.digest,
      browser,
      client_id: request.clientId,
      redirect_uri: request.redirectUri,
      redirect_uri_sent: request.redirectUriSent ? 1 : 0,
      response_type: request.responseType,
      response_mode: request.responseMode,
      state: request.state,
      scope: joinScope(request.scope.names),
      spelling: joinSpelling(request.scope.spelling),
      code_challenge: request.codeChallenge,
      prompt: request.prompt.join(' '),
      max_age: request.maxAge,
      login_hint: request.loginHint,
      locale: request.locale,
      created_at: createdAt,
      expires_at: expiresAt,
      answered_by: null,
      completed_at: null,
    })
    .execute();
});

const open = (tx: Tx, ticket: PresentedHandle, now: number) =>
  tx
    .updateTable('authorization_transaction')
    .where('lookup_id', '=', ticket.lookupId)
    .where('digest', '=', ticket.digest)
    .where('completed_at', 'is', null)
    .where('expires_at', '>', now);

const bind = verb(
  'transactions.bind',
  async (tx, { ticket, browser, now }: { ticket: PresentedHandle; browser: Uint8Array; now: number }) => {
    const bound = await open(tx, ticket, now)
      .set({ browser })
      .where((eb) => eb.or([eb('browser', 'is', null), eb('browser', '=', browser)]))
      .executeTakeFirst();
    return bound.numUpdatedRows === 1n;
  },
);

/** Of parallel calls with one ticket exactly one is told true. */
export async function completeTransaction(tx: Tx, ticket: PresentedHandle, now: number): Promise<boolean> {
  const done = await open(tx, ticket, now).set({ completed_at: now }).executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Notes who answered its consent page; of parallel answers of one person one wins. Another person may come after. */
export async function answerTransaction(
  tx: Tx,
  ticket: PresentedHandle,
  by: { user: UserMuid; client: AuthorizationRequest['clientId']; at: number },
): Promise<'taken' | 'already-answered' | 'ticket-dead'> {
  const taken = await open(tx, ticket, by.at)
    .set({ answered_by: by.user })
    .where('client_id', '=', by.client)
    .where((eb) => eb.or([eb('answered_by', 'is', null), eb('answered_by', '!=', by.user)]))
    .executeTakeFirst();
  if (taken.numUpdatedRows === 1n) return 'taken';
  const row = await tx
    .selectFrom('authorization_transaction')
    .select('expires_at')
    .where('lookup_id', '=', ticket.lookupId)
    .where('digest', '=', ticket.digest)
    .executeTakeFirst();
  return row !== undefined && row.expires_at > by.at ? 'already-answered' : 'ticket-dead';
}

const close = verb('transactions.close', (tx, { ticket, now }: { ticket: PresentedHandle; now: number }) =>
  completeTransaction(tx, ticket, now),
);

export function transactionStore({ read, run }: Engine): TransactionStore {
  return {
    async find(ticket, now) {
      const row = await read
        .selectFrom('authorization_transaction')
        .selectAll()
        .where('lookup_id', '=', ticket.lookupId)
        .where('digest', '=', ticket.digest)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      if (row === undefined) return null;
      return {
        browser: row.browser,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        answeredBy: row.answered_by,
        completed: row.completed_at !== null,
        request: {
          clientId: row.client_id,
          redirectUri: row.redirect_uri,
          redirectUriSent: row.redirect_uri_sent === 1,
          responseType: row.response_type,
          responseMode: row.response_mode,
          state: row.state,
          scope: { names: splitScope(row.scope), spelling: splitSpelling(row.spelling) },
          codeChallenge: row.code_challenge,
          prompt: row.prompt === '' ? [] : (row.prompt.split(' ') as AuthorizationRequest['prompt'][number][]),
          maxAge: row.max_age,
          loginHint: row.login_hint,
          locale: row.locale,
        },
      };
    },

    start: (ticket, transaction) => run(start, { ticket: bare(ticket), transaction }),
    bind: (ticket, browser, now) => run(bind, { ticket, browser, now }),
    close: (ticket, now) => run(close, { ticket, now }),
  };
}
