import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { UserMuid } from '#kernel';
import { formToken, languageOf, redirect, SESSION_COOKIE } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forMember } from '../member.ts';
import { accountPage } from '../pages/account.ts';
import { frontPage } from '../pages/front.ts';
import { type AccountWords, accountWords } from '../words/index.ts';

/** The front page, and 내 정보. */
export function overviewRoutes(deps: AccountDeps): Route[] {
  const { pages } = deps;

  async function front(request: HttpRequest): Promise<HttpAnswer> {
    if ((await deps.identity.readSession(request.cookies.get(SESSION_COOKIE))) !== null) return redirect('/account');
    const { locale } = languageOf(request);
    const words = accountWords(locale).front;
    return pages.page({ locale, title: words.title, self: '/', main: frontPage(words, pages.brand.name) });
  }

  async function verifiedOf(user: UserMuid): Promise<boolean | null> {
    const { recovery } = deps.identity;
    return recovery.mails ? ((await recovery.addressOf(user))?.verified ?? null) : null;
  }

  const account = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, '/account', async ({ session, cookie, language, words }) =>
      pages.page({
        locale: language.locale,
        title: words.account.title,
        self: '/account',
        main: accountPage({
          words,
          user: session.user,
          verified: await verifiedOf(session.user.id),
          locale: language.locale,
          csrf: formToken(deps, cookie),
          done: doneSentence(request.query().get('done'), words),
        }),
      }),
    );

  return [
    { method: 'GET', path: '/', surface: 'page', body: 'none', handle: front },
    { method: 'GET', path: '/account', surface: 'page', body: 'none', handle: account },
  ];
}

function doneSentence(done: string | undefined, words: AccountWords): string | null {
  if (done === 'password') return words.password.done;
  if (done === 'password-everywhere') return words.password.doneEverywhere;
  if (done === 'verify') return words.account.verifySent;
  return done === 'developer' ? words.developer.done : null;
}
