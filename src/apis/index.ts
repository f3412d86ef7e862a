/**
 * Owns: the open APIs behind the scopes, and the guard in front of all of them. Does not own: how tokens come to be
 * (oauth), what users agreed to (consent), or how an error is written (http).
 */
import type { Route } from '#http';
import type { GuardDeps } from './guard.ts';
import { type DataDeps, dataRoutes } from './device-data/routes.ts';
import { type DeviceDeps, deviceRoutes } from './devices/routes.ts';
import { type HealthDeps, healthRoutes } from './health/routes.ts';
import type { ProfileStore } from './ports/index.ts';
import { profileRoute } from './profile.ts';

export { type GuardDeps, guarded, type ProvenRight } from './guard.ts';
export type * from './ports/index.ts';

export interface ApiDeps extends GuardDeps, DeviceDeps, DataDeps, HealthDeps {
  readonly profiles: ProfileStore;
}

export const apiRoutes = (deps: ApiDeps): readonly Route[] => [
  profileRoute(deps),
  ...deviceRoutes(deps),
  ...healthRoutes(deps),
  ...dataRoutes(deps),
];
