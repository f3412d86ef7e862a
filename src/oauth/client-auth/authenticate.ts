import type { Act } from '#audit/ports';
import { asClientId, equalBytes, MINUTE, OAuthError, SECOND, sha256 } from '#kernel';
import type { OAuthDeps } from '../options.ts';
import type { OAuthClient } from '../ports/index.ts';
import { badCredentials, type ClaimedClient, claimedClient } from './credentials.ts';

const proof: unique symbol = Symbol('authenticated client');

/** A client that has proven who it is, or a public one that can't. Only `authenticateClient` makes one. */
export interface AuthenticatedClient {
  readonly client: OAuthClient;
  /** Proven by a secret. False for public clients, which are only named. */
  readonly byKey: boolean;
  /** The act of the request, now with the client as its actor. */
  readonly act: Act;
  readonly [proof]: true;
}

export interface EndpointRequest {
  /** The body's parameters; those of the query only on the legacy GET. */
  readonly params: ReadonlyMap<string, string>;
  readonly authorization: string | undefined;
  readonly act: Act;
}

/** A secret's last use is noted at most this often (DESIGN: no hot rows). */
const NOTE_USE_EVERY = 5 * MINUTE;

/**
 * The one place where a client is authenticated (RFC 6749 §2.3). A web client must show one of its living secrets. Native
 * and spa clients are public: they may come without, but a secret that is shown must be right (CA-04). A client that is
 * refused, suspended or deleted is no client.
 */
export async function authenticateClient(request: EndpointRequest, deps: OAuthDeps): Promise<AuthenticatedClient> {
  const claimed = claimedClient(request.params, request.authorization);
  const ids = new Set([claimed.clientId, ...claimed.candidates.map((one) => one.clientId)]);
  for (const text of ids) {
    const id = asClientId(text);
    const client = id === null ? null : await deps.clients.find(id);
    if (client === null) continue;
    if (client.status !== 'ACTIVE' && client.status !== 'PENDING') break;
    if (claimed.candidates.length === 0 && client.type !== 'web') return proven(client, false, request.act);
    if (await showsSecret(client, claimed, deps, request.act.at)) return proven(client, true, request.act);
    throw await failure(client, claimed, deps, request.act);
  }
  throw badCredentials(claimed.byHeader);
}

async function showsSecret(
  client: OAuthClient,
  claimed: ClaimedClient,
  deps: OAuthDeps,
  now: number,
): Promise<boolean> {
  const mine = claimed.candidates.filter((one) => one.clientId === client.id && one.secret !== '');
  if (mine.length === 0) return false;
  const digests = mine.map((one) => sha256(one.secret));
  for (const secret of await deps.clients.secretDigests(client.id, now)) {
    if (!digests.some((digest) => equalBytes(digest, secret.digest))) continue;
    if (secret.lastUsedAt === null || now - secret.lastUsedAt >= NOTE_USE_EVERY) {
      // Not awaited: a request never waits for this note, and a lost note is only a later one.
      deps.clients.noteSecretUse(secret.id, now).catch(() => undefined);
    }
    return true;
  }
  return false;
}

/** A wrong secret is counted; a right one is never refused, so nobody can lock a client out by guessing (CA-09). */
async function failure(client: OAuthClient, claimed: ClaimedClient, deps: OAuthDeps, act: Act): Promise<OAuthError> {
  const blocked = claimed.candidates.length === 0 ? null : await deps.failures.note(act, client.id);
  if (blocked === null) return badCredentials(claimed.byHeader);
  return new OAuthError('invalid_client', 'Too many failed client authentications.', {
    reason: 'backed-off',
    status: 429,
    retryAfter: Math.max(1, Math.ceil((blocked.retryAt - act.at) / SECOND)),
  });
}

const proven = (client: OAuthClient, byKey: boolean, act: Act): AuthenticatedClient => ({
  client,
  byKey,
  act: { ...act, actor: { ...act.actor, kind: 'client', id: client.id } },
  [proof]: true,
});
