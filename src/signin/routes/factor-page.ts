import { type HttpAnswer, formToken } from '#http';
import type { Pending } from '#identity';
import type { SigninDeps } from '../deps.ts';
import { factorPage } from '../pages/factor.ts';
import type { KnownBrowser } from '../visitor.ts';
import { carried, formActionFor, loginPath, type Way } from '../way.ts';
import type { LoginProblem } from './login-form.ts';

export interface FactorTurn {
  readonly way: Way;
  readonly browser: KnownBrowser;
  readonly pending: Pending;
  readonly problem?: LoginProblem & { readonly at: 'code' | 'recovery' | 'passkey' };
}

/** The page that asks for the second factor, with whatever ways this person has. */
export function showFactor(deps: SigninDeps, { way, browser, pending, problem }: FactorTurn): HttpAnswer {
  const { locale, words, chosen } = way.language;
  const { totp, passkeys, recoveryCodes } = pending.factors;
  const offered = deps.identity.passkeysPossible && passkeys.length > 0;
  return deps.pages.page({
    locale,
    title: words.factor.title,
    self: loginPath(way),
    failed: problem !== undefined,
    status: problem?.status ?? 200,
    cookies: browser.cookies,
    formAction: formActionFor(way),
    headers: problem?.retryAfter ? { 'Retry-After': String(problem.retryAfter) } : {},
    passkeys: offered,
    main: factorPage({
      words: words.factor,
      hidden: { ...carried(way), lang: chosen, csrf: formToken(deps, browser.value) },
      user: pending.user,
      totp: totp !== null,
      passkeys: offered,
      recovery: recoveryCodes > 0,
      problem: problem ?? null,
    }),
  });
}
