import { ok } from '#kernel';
import type { AuthorizationRequest } from '../ports/index.ts';
import { type Check, refusal } from './refusal.ts';

type Prompt = AuthorizationRequest['prompt'][number];
export type Interaction = Pick<AuthorizationRequest, 'prompt' | 'maxAge' | 'loginHint' | 'locale' | 'state'>;

const PROMPTS: ReadonlySet<string> = new Set<Prompt>(['none', 'login', 'consent', 'select_account']);
const isPrompt = (text: string): text is Prompt => PROMPTS.has(text);
const MAX_STATE = 2048;
const MAX_HINT = 254;

/** What the request says about the person in front of it (OpenID Connect Core §3.1.2.1), and the client's own state. */
export function checkInteraction(params: ReadonlyMap<string, string>): Check<Interaction> {
  const state = params.get('state') ?? null;
  if (state !== null && state.length > MAX_STATE) {
    return refusal('invalid_request', `state is longer than ${MAX_STATE} characters.`, 'too-large');
  }
  const prompt = params.get('prompt')?.split(' ') ?? [];
  if (!prompt.every(isPrompt)) return refusal('invalid_request', 'prompt has an unknown value.', 'malformed');
  if (prompt.includes('none') && prompt.length > 1) {
    return refusal('invalid_request', 'prompt=none can not be combined with another value.', 'malformed');
  }
  const age = params.get('max_age');
  if (age !== undefined && !/^[0-9]{1,9}$/.test(age)) {
    return refusal('invalid_request', 'max_age must be a number of seconds.', 'malformed');
  }
  const hint = params.get('login_hint') ?? null;
  return ok({
    state,
    prompt,
    maxAge: age === undefined ? null : Number(age),
    loginHint: hint !== null && hint.length <= MAX_HINT ? hint : null,
    locale: firstLocale(params.get('ui_locales')),
  });
}

function firstLocale(asked: string | undefined): 'ko' | 'en' | null {
  for (const tag of asked?.split(' ', 10) ?? []) {
    const language = tag.slice(0, 2).toLowerCase();
    if (language === 'ko' || language === 'en') return language;
  }
  return null;
}
