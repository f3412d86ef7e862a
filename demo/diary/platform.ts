import * as client from 'openid-client';

export interface PlatformSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
}

/** What has to be remembered between sending a person away and seeing them again. */
export interface Pending {
  readonly state: string;
  readonly verifier: string;
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly expiresAt: number;
}

/** As the platform's GET /user/me gives it to an application with PROFILE. */
export interface Profile {
  readonly userMuid: string;
  readonly userId: string;
  readonly userName: string;
  readonly email: string;
  readonly birthDay: string | null;
  readonly gender: 'MALE' | 'FEMALE' | 'UNKNOWN';
}

export interface Platform {
  readonly issuer: string;
  /** Where to send a person who wants to log in. */
  begin(language: string): Promise<{ url: URL; pending: Pending }>;
  /** Turns the address that the person came back to into tokens. Throws what the library throws. */
  finish(callback: URL, pending: Pending): Promise<Tokens>;
  refresh(tokens: Tokens): Promise<Tokens>;
  /** Null when the platform no longer accepts the token. */
  profile(tokens: Tokens): Promise<Profile | null>;
  /** Ends the application's own tokens. The person stays logged in at the platform: that is none of our business. */
  end(tokens: Tokens): Promise<void>;
}

export async function connectPlatform(settings: PlatformSettings): Promise<Platform> {
  const issuer = new URL(settings.issuer);
  const config = await client.discovery(
    issuer,
    settings.clientId,
    settings.clientSecret,
    client.ClientSecretBasic(settings.clientSecret),
    // Plain OAuth 2.0 (RFC 8414). Without TLS only because the demo runs on this machine alone.
    { algorithm: 'oauth2', execute: issuer.protocol === 'http:' ? [client.allowInsecureRequests] : [] },
  );

  const read = (answer: client.TokenEndpointResponse): Tokens => ({
    access: answer.access_token,
    refresh: answer.refresh_token ?? '',
    expiresAt: Date.now() + (answer.expires_in ?? 0) * 1000,
  });

  return {
    issuer: settings.issuer,

    async begin(language) {
      const pending = { state: client.randomState(), verifier: client.randomPKCECodeVerifier() };
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: settings.redirectUri,
        scope: 'PROFILE',
        state: pending.state,
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        ui_locales: language,
      });
      return { url, pending };
    },

    finish: async (callback, { state, verifier }) =>
      read(await client.authorizationCodeGrant(config, callback, { expectedState: state, pkceCodeVerifier: verifier })),

    refresh: async (tokens) => read(await client.refreshTokenGrant(config, tokens.refresh)),

    async profile(tokens) {
      try {
        const answer = await client.fetchProtectedResource(config, tokens.access, new URL('/user/me', issuer), 'GET');
        return (await answer.json()) as Profile;
      } catch (error) {
        if (error instanceof client.WWWAuthenticateChallengeError && error.status === 401) return null;
        throw error;
      }
    },

    end: (tokens) => client.tokenRevocation(config, tokens.refresh),
  };
}

/** The platform's own word for why a login or a refresh did not work; null for what is no answer of the platform. */
export function refusalOf(error: unknown): string | null {
  if (error instanceof client.AuthorizationResponseError || error instanceof client.ResponseBodyError)
    return error.error;
  return null;
}
