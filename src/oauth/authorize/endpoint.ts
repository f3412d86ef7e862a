import { equalBytes, intersectScope, MINUTE, mintHandle, newGrantId, readHandle, SECOND, spellScope } from '#kernel';
import type { OAuthDeps } from '../options.ts';
import type { Transaction } from '../ports/index.ts';
import { answerTo, errorFields } from './answer.ts';
import { provenClient } from './client.ts';
import type { AuthorizationAnswer, AuthorizationEndpoint, ProvenAuthorization } from './contract.ts';
import { checkAuthorization } from './pipeline.ts';
import { isRegisteredUri, type ProvenRedirectUri } from './redirect-uri.ts';
import { checkResponseType } from './response-type.ts';

/** How long a person may take between asking and deciding (reference consent-and-law, CS-10). */
export const TRANSACTION_MS = 10 * MINUTE;
/** A token in a URL lives no longer than this (platform contract, section 9). */
const IMPLICIT_MS = 15 * MINUTE;

const SENTENCES = {
  access_denied: 'The user did not agree.',
  login_required: 'The user is not logged in.',
  consent_required: 'The user has not consented to these scopes.',
  invalid_scope: 'Nothing of the scopes asked for can be given.',
  unauthorized_client: 'This client may not ask in this way any more.',
} as const;

/** RFC 6749 §4.1.1–4.1.2 and §4.2.1–4.2.2, RFC 9207. Sign-in asks the person; this decides what the client gets. */
export function createAuthorizationEndpoint(deps: OAuthDeps): AuthorizationEndpoint {
  const { clients, clock, codes, grants, issuer, lifetimes, transactions } = deps;

  const answer = (proven: ProvenAuthorization, fields: readonly (readonly [string, string])[]): AuthorizationAnswer =>
    answerTo(
      { uri: proven.request.redirectUri as ProvenRedirectUri, mode: proven.request.responseMode },
      { state: proven.request.state, issuer },
      fields,
    );

  return {
    check: (params) => checkAuthorization(params, deps),

    async start(request, browser) {
      const now = clock.now();
      const ticket = mintHandle('ticket', now);
      await transactions.start(ticket, { request, browser, createdAt: now, expiresAt: now + TRANSACTION_MS });
      return ticket.text;
    },

    async resume(text, browser) {
      const ticket = readHandle('ticket', text);
      const transaction = ticket && (await transactions.find(ticket, clock.now()));
      if (!ticket || !transaction) return null;
      if (transaction.browser === null && !(await transactions.bind(ticket, browser, clock.now()))) return null;
      if (transaction.browser !== null && !sameBrowser(transaction, browser)) return null;
      // The client may have been suspended, or have lost this redirect URI, while the person was reading.
      const client = await provenClient(new Map([['client_id', transaction.request.clientId]]), clients);
      if (!isRegisteredUri(client, transaction.request.redirectUri)) return null;
      return { ticket, transaction, request: transaction.request, client };
    },

    async complete(act, proven, given) {
      const { request, client } = proven;
      // The operator may have taken IMPLICIT back, or a method may be gone, while the person was reading.
      if (!mayStillAnswer(proven)) return this.refuse(proven, 'unauthorized_client', given.ticket);
      const names = intersectScope(intersectScope(request.scope.names, client.scopes), given.scopes);
      if (names.length === 0) return this.refuse(proven, 'invalid_scope', given.ticket);
      const shared = { client: client.id, user: given.user, scopes: names, spelling: request.scope.spelling };
      if (request.responseType === 'token') {
        const access = mintHandle('access', act.at);
        const expiresAt = act.at + Math.min(IMPLICIT_MS, lifetimes.accessToken * SECOND);
        const issued = await grants.issue(
          act,
          {
            ...shared,
            kind: 'implicit',
            grant: newGrantId(act.at),
            authenticatedAt: given.authenticatedAt,
            grantExpiresAt: expiresAt,
            access: { handle: access, expiresAt },
            refresh: null,
          },
          given.ticket,
        );
        if (issued.outcome !== 'issued') {
          return issued.outcome === 'already-done' ? null : this.refuse(proven, 'invalid_scope', given.ticket);
        }
        return answer(proven, [
          ['access_token', access.text],
          ['token_type', 'bearer'],
          ['expires_in', String(Math.floor((expiresAt - act.at) / SECOND))],
          ['scope', spellScope(issued.grant.scopes, request.scope.spelling)],
        ]);
      }
      const code = mintHandle('code', act.at);
      const issued = await codes.issue(
        act,
        {
          ...shared,
          handle: code,
          redirectUri: request.redirectUri,
          redirectUriSent: request.redirectUriSent,
          codeChallenge: request.codeChallenge,
          authenticatedAt: given.authenticatedAt,
          expiresAt: act.at + lifetimes.code * SECOND,
        },
        given.ticket,
      );
      if (issued === 'already-done') return null;
      if (issued === 'not-consented') return this.refuse(proven, 'invalid_scope', given.ticket);
      return answer(proven, [['code', code.text]]);
    },

    async refuse(proven, code, ticket) {
      if (ticket !== null && !(await transactions.close(ticket, clock.now()))) return null;
      return answer(proven, errorFields(code, SENTENCES[code]));
    },
  };
}

const mayStillAnswer = ({ request, client }: ProvenAuthorization): boolean =>
  checkResponseType(new Map([['response_type', request.responseType]]), client, {
    uri: request.redirectUri as ProvenRedirectUri,
    sent: request.redirectUriSent,
  }).ok;

const sameBrowser = (transaction: Transaction, browser: Uint8Array): boolean =>
  transaction.browser !== null && equalBytes(transaction.browser, browser);
