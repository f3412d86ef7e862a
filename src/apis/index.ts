/**
 * Owns: the open APIs behind the scopes, and the guard in front of all of them. Does not own: how tokens come to be
 * (oauth), what users agreed to (consent), or how an error is written (http).
 */
import type { Route } from '#http';
import type { Clock } from '#kernel';
import { type DataDeps, dataRoutes } from './device-data/routes.ts';
import { type DeviceDeps, deviceRoutes } from './devices/routes.ts';
import { type HealthDeps, healthRoutes } from './health/routes.ts';
import type { ProfileStore } from './ports/index.ts';
import { profileRoute } from './profile.ts';

export { guarded, type ProvenRight } from './guard.ts';
export type * from './ports/index.ts';

export interface ApiDeps extends DeviceDeps, DataDeps, HealthDeps {
  readonly profiles: ProfileStore;
  readonly clock: Clock;
}

export const apiRoutes = (deps: ApiDeps): readonly Route[] => [
  profileRoute(deps),
  ...deviceRoutes(deps),
  ...healthRoutes(deps),
  ...dataRoutes(deps),
];
