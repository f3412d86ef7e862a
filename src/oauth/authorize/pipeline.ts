import type { AuthorizationRequest, ClientDirectory, OAuthClient } from '../ports/index.ts';
import { answerTo, errorFields } from './answer.ts';
import { provenClient } from './client.ts';
import type { CheckedAuthorization } from './contract.ts';
import { checkInteraction } from './interaction.ts';
import { checkPkce } from './pkce.ts';
import { type ProvenTarget, provenTarget } from './redirect-uri.ts';
import type { Check } from './refusal.ts';
import { checkResponseMode, defaultMode } from './response-mode.ts';
import { checkResponseType } from './response-type.ts';
import { checkScope } from './scope.ts';

/**
 * The authorization request (RFC 6749 §4.1.1), every check in its order:
 *
 *   1. client          unknown or not usable     → our own error page
 *   2. redirect URI    not registered            → our own error page
 *   3. interaction     state, prompt, max_age    ┐
 *   4. response type   code | token              │
 *   5. response mode   query | fragment | form   ├→ an error that travels, with state and iss
 *   6. scope           within the client's       │
 *   7. PKCE            S256, where it is due     ┘
 */
export async function checkAuthorization(
  params: ReadonlyMap<string, string>,
  deps: { clients: ClientDirectory; issuer: string },
): Promise<CheckedAuthorization> {
  const client = await provenClient(params, deps.clients);
  const target = provenTarget(params, client);
  const checked = checkRequest(params, client, target);
  if (checked.ok) return { kind: 'proceed', client, request: checked.value };
  const { code, sentence } = checked.problem;
  const answer = answerTo(
    { uri: target.uri, mode: modeForErrors(params) },
    { state: stateForErrors(params), issuer: deps.issuer },
    errorFields(code, sentence),
  );
  return { kind: 'answer', client, answer, code };
}

function checkRequest(
  params: ReadonlyMap<string, string>,
  client: OAuthClient,
  target: ProvenTarget,
): Check<AuthorizationRequest> {
  const interaction = checkInteraction(params);
  if (!interaction.ok) return interaction;
  const responseType = checkResponseType(params, client, target);
  if (!responseType.ok) return responseType;
  const responseMode = checkResponseMode(params, responseType.value);
  if (!responseMode.ok) return responseMode;
  const scope = checkScope(params, client, responseType.value);
  if (!scope.ok) return scope;
  const challenge = responseType.value === 'code' ? checkPkce(params, client) : { ok: true as const, value: null };
  if (!challenge.ok) return challenge;
  return {
    ok: true,
    value: {
      clientId: client.id,
      redirectUri: target.uri,
      redirectUriSent: target.sent,
      responseType: responseType.value,
      responseMode: responseMode.value,
      scope: scope.value,
      codeChallenge: challenge.value,
      ...interaction.value,
    },
  };
}

/** The mode that was asked for where it is one, so that a client finds its error where it looks for its answer. */
function modeForErrors(params: ReadonlyMap<string, string>): AuthorizationRequest['responseMode'] {
  const responseType = params.get('response_type');
  const asked = checkResponseMode(params, responseType === 'token' ? 'token' : 'code');
  return asked.ok ? asked.value : defaultMode(responseType);
}

/** A state too long to be carried is left out rather than cut. */
function stateForErrors(params: ReadonlyMap<string, string>): string | null {
  const state = params.get('state');
  return state !== undefined && state.length <= 2048 ? state : null;
}
