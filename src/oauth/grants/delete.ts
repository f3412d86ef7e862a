import { OAuthError, readHandle } from '#kernel';
import type { Grant } from './grant.ts';

/**
 * The platform's own way to log an application out (platform contract, section 2): ends the whole grant behind an access
 * token. An unknown token is a success, another client's is `invalid_grant` and stays alive.
 */
export const deleteGrant: Grant = {
  needs: { nothing: true },
  scope: 'unused',
  async settle({ params, by }, _mint, deps) {
    const text = params.get('access_token');
    if (text === undefined)
      throw new OAuthError('invalid_request', 'access_token is missing.', { reason: 'malformed' });
    const handle = readHandle('access', text);
    const ended = handle
      ? await deps.grants.endByToken(by.act, { kind: 'access', handle, client: by.client.id, why: 'client_deleted_it' })
      : 'unknown';
    if (ended === 'not-yours') {
      throw new OAuthError('invalid_grant', 'The token belongs to another client.', {
        reason: 'token-of-other-client',
      });
    }
    return { kind: 'answer', body: { access_token: text, result: 'success' } };
  },
};
