/**
 * Owns: the way from an application's request to its answer as a person sees it (login, sign-up, consent), the way back to
 * an account whose password is forgotten, the decision what comes next, and the frame that every server-rendered page stands in. Does not own: the protocol (`oauth`), who
 * people are (`identity`), what they agreed to (`consent`), the user's own pages (`account`).
 */
import type { Route } from '#http';
import type { SigninDeps } from './deps.ts';
import { authorizeRoutes } from './routes/authorize.ts';
import { consentRoutes } from './routes/consent.ts';
import { enrolRoutes } from './routes/enrol.ts';
import { factorRoutes } from './routes/factor.ts';
import { loginRoutes } from './routes/login.ts';
import { logoutRoutes } from './routes/logout.ts';
import { recoveryAskRoutes } from './routes/recovery-ask.ts';
import { recoveryLinkRoutes } from './routes/recovery-links.ts';
import { resumeRoutes } from './routes/resume.ts';
import { setupRoutes } from './routes/setup.ts';
import { signupRoutes } from './routes/signup.ts';

export { type FormGuard, formToken, requireOwnForm, SESSION_COOKIE } from '#http';
export type { SigninDeps } from './deps.ts';
export { deviceName } from './device-name.ts';
export { nextLogin, nextStep, type Situation, type Step } from './flow.ts';
export { alarm, field, hidden } from './pages/field.ts';
export type { Brand } from './pages/frame.ts';
export { foreign, type Html, html } from './pages/html.ts';
export { capital, fiveItems } from './pages/notice.ts';
export { passkeyForm, passkeysInstead } from './pages/passkey.ts';
export { recoveryCodesPage } from './pages/recovery-codes.ts';
export { totpSetup } from './pages/totp-setup.ts';
export { createPages, type PageContent, type Pages } from './pages/kit.ts';
export { redirect } from './routes/answer.ts';
export { actOf, type Language, languageOf, pathWith } from './visitor.ts';
export { wordsFor } from './words/index.ts';

/** Every route of this module; the assets' are `pages.routes`. */
export const signinRoutes = (deps: SigninDeps): Route[] => [
  ...authorizeRoutes(deps),
  ...resumeRoutes(deps),
  ...loginRoutes(deps),
  ...factorRoutes(deps),
  ...enrolRoutes(deps),
  ...consentRoutes(deps),
  ...signupRoutes(deps),
  ...recoveryAskRoutes(deps),
  ...recoveryLinkRoutes(deps),
  ...logoutRoutes(deps),
  ...setupRoutes(deps),
];
