/**
 * Owns: the pages on which a person sees and changes what is held about him or her: the front page, 내 정보, the
 * password, 보안 (second factors and sessions), the export and closing of the account, becoming a developer. Does not own: how any of it is stored or proven (`identity`), the frame of pages
 * (`signin`).
 */
import type { Route } from '#http';
import type { AccountDeps } from './deps.ts';
import { closeRoutes } from './routes/close.ts';
import { developerRoutes } from './routes/developer.ts';
import { factorRoutes } from './routes/factors.ts';
import { overviewRoutes } from './routes/overview.ts';
import { passwordRoutes } from './routes/password.ts';
import { securityRoutes } from './routes/security.ts';
import { sessionRoutes } from './routes/sessions.ts';

export type { AccountDeps } from './deps.ts';

export const accountRoutes = (deps: AccountDeps): Route[] => [
  ...overviewRoutes(deps),
  ...passwordRoutes(deps),
  ...developerRoutes(deps),
  ...securityRoutes(deps),
  ...factorRoutes(deps),
  ...sessionRoutes(deps),
  ...closeRoutes(deps),
];
