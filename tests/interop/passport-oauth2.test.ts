import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { describe, test } from 'node:test';
import connect from 'connect';
import passport from 'passport';
import OAuth2Strategy from 'passport-oauth2';
import { type ThirdParty, thirdParty } from '../support/third-party.ts';

interface Member {
  readonly userMuid: string;
  readonly userName: string;
  readonly refreshToken: string;
}

/** A strategy of one's own reads the profile by overriding `userProfile`, as its documentation says. */
class MedbizStrategy extends OAuth2Strategy {
  private readonly issuer: string;

  constructor({ issuer, client, secret, redirectUri }: ThirdParty) {
    super(
      {
        authorizationURL: `${issuer}/oauth/authorize`,
        tokenURL: `${issuer}/oauth/token`,
        clientID: client.client_id,
        clientSecret: secret,
        callbackURL: redirectUri,
        scope: ['PROFILE'],
        state: true,
        pkce: true,
      },
      (
        _access: string,
        refreshToken: string,
        profile: Omit<Member, 'refreshToken'>,
        done: OAuth2Strategy.VerifyCallback,
      ) => done(null, { ...profile, refreshToken }),
    );
    this.issuer = issuer;
    this._oauth2.useAuthorizationHeaderforGET(true);
  }

  override userProfile(accessToken: string, done: (error?: unknown, profile?: unknown) => void): void {
    this._oauth2.get(`${this.issuer}/user/me`, accessToken, (error, body) => {
      if (error) done(new Error(`the profile could not be read: ${String(error.statusCode)}`));
      else done(null, JSON.parse(String(body)));
    });
  }
}

/** The smallest application that passport runs in: a session in memory, a parsed query, two paths. */
async function application(party: ThirdParty): Promise<Server> {
  const sessions = new Map<string, object>();
  const own = new passport.Passport();
  own.use('medbiz', new MedbizStrategy(party));
  const app = connect();
  app.use((request, response, next) => {
    const key = /sid=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? randomBytes(16).toString('hex');
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.setHeader('Set-Cookie', `sid=${key}; HttpOnly; SameSite=Lax`);
    const session = sessions.get(key) ?? {};
    sessions.set(key, session);
    const query = Object.fromEntries(new URL(request.url ?? '/', party.redirectUri).searchParams);
    Object.assign(request, { session, query });
    next();
  });
  app.use('/login', own.authenticate('medbiz', { session: false }) as connect.NextHandleFunction);
  app.use('/callback', (request, response, next) => {
    const answer = (error: unknown, member: Member | false | null): void => {
      if (error) next(error);
      else response.end(JSON.stringify(member));
    };
    const handle = own.authenticate('medbiz', { session: false }, answer) as connect.NextHandleFunction;
    handle(request, response, next);
  });
  const server = app.listen(party.port, 'localhost');
  await once(server, 'listening');
  return server;
}

describe('passport-oauth2 in a connect application', () => {
  const party = thirdParty();

  test('takes a refusal as a login that failed, not as an error', async () => {
    const { page, port, deny } = party();
    const server = await application(party());
    try {
      await page.goto(`http://localhost:${port}/login`);
      await deny();
      assert.equal(await page.innerText('body'), 'false');
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });

  test('logs a user in with state and PKCE and hands the application the profile', async () => {
    const { page, port, user, agree } = party();
    const server = await application(party());
    try {
      await page.goto(`http://localhost:${port}/login`);
      await agree();
      const member = JSON.parse(await page.innerText('body')) as Member;
      assert.equal(member.userMuid, user.userMuid);
      assert.equal(member.userName, '홍길동');
      assert.match(member.refreshToken, /^mbr_/);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
