import {
  deriveKey,
  intersectScope,
  joinScope,
  OAuthError,
  type PresentedHandle,
  type PrivateReason,
  readHandle,
  SECOND,
  type ScopeName,
  seal,
  unseal,
} from '#kernel';
import type { OAuthDeps } from '../options.ts';
import type { LiveGrant } from '../ports/index.ts';
import { tokenAnswer } from '../tokens/answer.ts';
import { type Minted, rotates } from '../tokens/mint.ts';
import type { Grant, GrantRequest, Settled } from './grant.ts';

/** How long the same request with the token just rotated gets the same answer: an honest retry after a lost response. */
const REPEAT_MS = 10 * SECOND;

/**
 * RFC 6749 §6. Web clients keep their token; public and native ones rotate it, and reuse of a rotated token ends the
 * whole grant (RFC 9700 §4.14), except for the retry above, which gets the very same successor and never a second branch.
 */
export const refreshToken: Grant = {
  needs: { method: 'REFRESH_TOKEN' },
  scope: 'intersect',
  async settle(request, mint, deps) {
    const { params, by, now } = request;
    const text = params.get('refresh_token');
    if (text === undefined)
      throw new OAuthError('invalid_request', 'refresh_token is missing.', { reason: 'malformed' });
    const handle = readHandle('refresh', text);
    const look = handle && (await deps.grants.lookRefresh(handle, by.client.id, now));
    if (!handle || !look?.found) throw dead('refresh-unknown');
    if (look.grant === null) throw dead('refresh-dead');
    const scopes = remaining(request, look.grant);
    // A token that was rotated goes on whatever it asks for: its reuse must be noticed, not its scope (RT-01).
    if (scopes.length === 0 && !look.rotated) throw nothingLeft();
    const minted = mint(look.grantExpiresAt);
    return rotates(by.client)
      ? rotate({ handle, text }, { request, scopes, minted, grant: look.grant }, deps)
      : keep({ handle, text }, { request, scopes, minted }, deps);
  },
};

/** What remains of the grant for this request: what was asked, what the client may still have, what was consented to. */
function remaining({ scope, by }: GrantRequest, grant: LiveGrant): ScopeName[] {
  const may = intersectScope(grant.scopes, by.client.scopes);
  return scope === null ? may : intersectScope(may, scope.names);
}

const nothingLeft = (): OAuthError =>
  new OAuthError('invalid_scope', 'Nothing of the scope asked for is left in this grant.', {
    reason: 'scope-not-consented',
  });

type Presented = { readonly handle: PresentedHandle; readonly text: string };

async function keep(
  token: Presented,
  { request, scopes, minted }: { request: GrantRequest; scopes: readonly ScopeName[]; minted: Minted },
  deps: OAuthDeps,
): Promise<Settled> {
  const { by, scope } = request;
  const done = await deps.grants.refreshKept(by.act, {
    token: token.handle,
    client: by.client.id,
    scopes,
    access: minted.access,
  });
  if (done.outcome !== 'refreshed') throw dead('refresh-dead');
  const spelling = scope?.spelling ?? done.grant.spelling;
  return { kind: 'tokens', grant: { ...done.grant, scopes, spelling }, minted, keptRefresh: token.text };
}

async function rotate(
  token: Presented,
  asked: { request: GrantRequest; scopes: readonly ScopeName[]; minted: Minted; grant: LiveGrant },
  deps: OAuthDeps,
): Promise<Settled> {
  const { request, scopes, minted } = asked;
  const { by, now, scope } = request;
  if (minted.refresh === null) throw dead('refresh-dead');
  const grant = { ...asked.grant, scopes, spelling: scope?.spelling ?? asked.grant.spelling };
  const settled: Settled = { kind: 'tokens', grant, minted, keptRefresh: null };
  // Only who holds the old token can open the stored answer: its key comes from the whole token, never from its digest.
  const key = deriveKey(token.text, 'refresh-successor');
  const done = await deps.grants.rotate(by.act, {
    token: token.handle,
    client: by.client.id,
    request: scope === null ? '' : joinScope(scope.names),
    scopes,
    access: minted.access,
    refresh: minted.refresh,
    answer: seal(key, JSON.stringify(tokenAnswer(settled, now)), by.client.id),
    repeatUntil: now + REPEAT_MS,
  });
  switch (done.outcome) {
    case 'rotated':
      return settled;
    case 'repeated': {
      const answer = unseal(key, done.answer, by.client.id);
      if (answer === null) throw dead('refresh-dead');
      return { kind: 'answer', body: JSON.parse(answer) as object };
    }
    case 'replayed':
      throw dead('refresh-replayed');
    case 'dead':
    case 'unknown':
      throw dead('refresh-dead');
  }
}

const dead = (reason: PrivateReason): OAuthError =>
  new OAuthError('invalid_grant', 'The refresh token is unknown, expired, ended, or belongs to another client.', {
    reason,
  });
