import type { ClientType, Locale, ScopeName } from '../../../api/contracts.ts';

/** What an example needs to know; everything in it is public. */
export interface SampleInput {
  readonly locale: Locale;
  /** The authorization server's origin. */
  readonly base: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly ScopeName[];
  readonly type: ClientType;
  readonly pkce: boolean;
}

export interface Sample {
  readonly id: 'curl' | 'node' | 'spring' | 'android' | 'swift' | 'python';
  readonly name: string;
  readonly file: string;
  readonly code: (input: SampleInput) => string;
}

/** A comment in the reader's language. */
export const say = ({ locale }: SampleInput, ko: string, en: string): string => (locale === 'ko' ? ko : en);

export const scopeText = ({ scopes }: SampleInput): string => scopes.join(' ');

export const authorizeUrl = (input: SampleInput, more: Readonly<Record<string, string>>): string => {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: input.clientId,
    redirect_uri: input.redirectUri,
    scope: scopeText(input),
    ...more,
  });
  return `${input.base}/oauth/authorize?${query.toString().replaceAll('+', '%20')}`;
};
