/**
 * Owns: the pages on which a person sees and changes what is held about him or her: the front page, 내 정보, the
 * password, 보안 (second factors and sessions), the export and closing of the account, becoming a developer, connected
 * applications and the record of consents. Does not own: how any of it is stored or proven (`identity`, `consent`), the
 * frame of pages (`signin`).
 */
import type { Route } from '#http';
import type { AccountDeps } from './deps.ts';
import { closeRoutes } from './routes/close.ts';
import { connectionRoutes } from './routes/connections.ts';
import { developerRoutes } from './routes/developer.ts';
import { emailRoutes } from './routes/email.ts';
import { factorRoutes } from './routes/factors.ts';
import { overviewRoutes } from './routes/overview.ts';
import { passwordRoutes } from './routes/password.ts';
import { recordRoutes } from './routes/record.ts';
import { securityRoutes } from './routes/security.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { withdrawalRoutes } from './routes/withdrawal.ts';

export type { AccountDeps } from './deps.ts';
export { healthPages, type HealthPagesDeps } from './health/index.ts';
export { developerTerms } from './words/index.ts';

export const accountRoutes = (deps: AccountDeps): Route[] => [
  ...overviewRoutes(deps),
  ...passwordRoutes(deps),
  ...emailRoutes(deps),
  ...developerRoutes(deps),
  ...connectionRoutes(deps),
  ...withdrawalRoutes(deps),
  ...recordRoutes(deps),
  ...securityRoutes(deps),
  ...factorRoutes(deps),
  ...sessionRoutes(deps),
  ...closeRoutes(deps),
];
