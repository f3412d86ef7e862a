import type { AuthorizationRequest } from '../ports/index.ts';
import type { AuthorizationAnswer } from './contract.ts';
import type { ProvenRedirectUri } from './redirect-uri.ts';

type Field = readonly [name: string, value: string];

/**
 * Builds the answer for a proven redirect URI. `state` and `iss` (RFC 9207) come first: the mobile SDK reads the code
 * with a pattern that runs to the end of the URL, so nothing may follow it.
 */
export function answerTo(
  target: { uri: ProvenRedirectUri; mode: AuthorizationRequest['responseMode'] },
  frame: { state: string | null; issuer: string },
  fields: readonly Field[],
): AuthorizationAnswer {
  const all: Field[] = [
    ...(frame.state === null ? [] : [['state', frame.state] as const]),
    ['iss', frame.issuer],
    ...fields,
  ];
  if (target.mode === 'form_post') return { mode: 'form_post', action: target.uri, fields: all };
  const encoded = new URLSearchParams(all.map(([name, value]) => [name, value])).toString();
  const mark = target.mode === 'fragment' ? '#' : target.uri.includes('?') ? '&' : '?';
  return { mode: 'redirect', location: `${target.uri}${mark}${encoded}` };
}

export const errorFields = (code: string, sentence: string): readonly Field[] => [
  ['error', code],
  ['error_description', sentence],
];
