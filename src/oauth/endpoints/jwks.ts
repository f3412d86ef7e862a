import type { OAuthDeps } from '../options.ts';
import { type EndpointAnswer, json } from './answer.ts';

/** `GET /oauth/jwks` (RFC 7517 §5): the public halves of every key that signs or has signed lately. */
export async function jwks(deps: Pick<OAuthDeps, 'keys' | 'clock'>): Promise<EndpointAnswer> {
  const keys = await deps.keys.published(deps.clock.now());
  return json({ keys: keys.map((key) => JSON.parse(key.publicJwk) as object) });
}
