import { asClientId, PageError } from '#kernel';
import type { ClientDirectory, OAuthClient } from '../ports/index.ts';

/**
 * First check of an authorization request (R0): without a client that may be used there is nobody to answer, so every
 * failure is a page of ours. PENDING passes: its owner may try it, and sign-in lets nobody else through.
 */
export async function provenClient(
  params: ReadonlyMap<string, string>,
  clients: ClientDirectory,
): Promise<OAuthClient> {
  const id = asClientId(params.get('client_id') ?? '');
  const client = id === null ? null : await clients.find(id);
  if (client === null || client.status === 'DELETED')
    throw new PageError('unknown-client', 400, { reason: 'unknown-client' });
  if (client.status !== 'ACTIVE' && client.status !== 'PENDING') {
    throw new PageError('client-unavailable', 400, { reason: 'client-not-live' });
  }
  return client;
}
