import type { HttpAnswer, HttpRequest, Route } from '#http';
import { deviceName, formToken, wordsFor } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forFreshMember, type Member } from '../member.ts';
import { securityPage } from '../pages/security.ts';
import { type SecurityWords, securityWords } from '../words/security.ts';

export const SECURITY = '/account/security';

type Problem = keyof SecurityWords['security']['problems'];

/** 보안. Everything on it was asked for by a login of the last ten minutes (ASVS 7.5.2, 7.5.3). */
export async function showSecurity(
  deps: AccountDeps,
  request: HttpRequest,
  { session, cookie, language }: Member,
  said: { done?: string | undefined; problem?: Problem } = {},
): Promise<HttpAnswer> {
  const { identity } = deps;
  const { locale } = language;
  const words = securityWords(locale).security;
  const { done, problem } = said;
  const isDone = (name: string): name is keyof typeof words.done => Object.hasOwn(words.done, name);
  return deps.pages.page({
    locale,
    title: words.title,
    self: SECURITY,
    width: 'wide',
    failed: problem !== undefined,
    status: problem === undefined ? 200 : 400,
    passkeys: identity.passkeysPossible,
    main: securityPage({
      words,
      passkeyWords: wordsFor(locale).factor.passkey,
      locale,
      csrf: formToken(deps, cookie),
      factors: await identity.factorsOf(session.user.id),
      passkeysPossible: identity.passkeysPossible,
      sessions: await identity.listSessions(session.user.id),
      current: session.lookupId,
      deviceName: deviceName(request.header('user-agent') ?? '', locale),
      done: done !== undefined && isDone(done) ? words.done[done] : null,
      problem: problem === undefined ? null : words.problems[problem],
    }),
  });
}

export const securityRoutes = (deps: AccountDeps): Route[] => [
  {
    method: 'GET',
    path: SECURITY,
    surface: 'page',
    body: 'none',
    handle: (request) =>
      forFreshMember(deps, request, SECURITY, (member) =>
        showSecurity(deps, request, member, { done: request.query().get('done') }),
      ),
  },
];
