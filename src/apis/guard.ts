import { ApiError, type Clock, type PresentedHandle, readHandle, type ScopeName } from '#kernel';
import type { HttpRequest } from '#http';
import type { ConnectionUses, TokenRight } from './ports/index.ts';

/** RFC 6750 §2.1. One space, then a token68. */
const BEARER = /^bearer +([A-Za-z0-9._~+/-]{1,200}=*)$/i;

declare const proof: unique symbol;

/** A token that lived when the data was read and whose grant covers the scope. Only `guarded` makes one. */
export interface ProvenRight extends TokenRight {
  readonly [proof]: true;
}

/** What the guard itself needs. */
export interface GuardDeps {
  readonly clock: Clock;
  readonly uses: ConnectionUses;
}

/**
 * The guard in front of every open API: token → scope → owner, once. `read` fetches the data together with the token's
 * liveness in one statement, so nothing that was withdrawn before the request began is ever answered. The data's owner is
 * the token's user: no field of the request can name another (R3). A read that is answered counts as a use of the
 * connection.
 *
 * 401 without a token (bare challenge) or with one that does not live; 403 where the scope is missing; 400 where a token
 * comes in two ways (RFC 6750 §2, §3.1).
 */
export async function guarded<Data extends { readonly right: TokenRight }>(
  deps: GuardDeps,
  request: HttpRequest,
  needs: readonly ScopeName[],
  read: (token: PresentedHandle, now: number) => Promise<Data | null>,
): Promise<Omit<Data, 'right'> & { readonly right: ProvenRight }> {
  const token = presentedToken(request);
  const now = deps.clock.now();
  const data = token && (await read(token, now));
  if (!data)
    throw new ApiError(401, 'invalid_token', 'The access token is unknown, expired or ended.', {
      reason: 'token-dead',
    });
  if (!needs.some((scope) => data.right.scopes.includes(scope))) {
    throw new ApiError(403, 'insufficient_scope', `This needs the scope ${needs.join(' or ')}.`, {
      reason: 'scope-not-consented',
      scope: needs[0] ?? '',
    });
  }
  const { userMuid: user, clientId: client, lastUsedAt } = data.right;
  deps.uses.note({ user, client, lastUsedAt }, now);
  return data as Data & { readonly right: ProvenRight };
}

function presentedToken(request: HttpRequest): PresentedHandle | null {
  const header = request.header('authorization');
  const elsewhere = request.query().has('access_token') || request.form.has('access_token');
  if (header === undefined) {
    // Tokens in a URL or body are not taken at all (RFC 6750 §5.3): they would stand in logs.
    throw new ApiError(401, 'invalid_token', 'Send the access token in the Authorization header.', {
      reason: 'no-client-credentials',
      bareChallenge: true,
    });
  }
  if (elsewhere) {
    throw new ApiError(400, 'invalid_request', 'The access token came in two ways.', {
      reason: 'several-client-credentials',
    });
  }
  const token = BEARER.exec(header)?.[1];
  return token === undefined ? null : readHandle('access', token);
}
