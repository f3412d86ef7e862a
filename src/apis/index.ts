/**
 * Owns: the open APIs behind the scopes, and the guard in front of all of them. Does not own: how tokens come to be
 * (oauth), what users agreed to (consent), or how an error is written (http).
 */
import type { Route } from '#http';
import type { Clock } from '#kernel';
import type { ProfileStore } from './ports/index.ts';
import { profileRoute } from './profile.ts';

export { guarded, type ProvenRight } from './guard.ts';
export type * from './ports/index.ts';

export const apiRoutes = (deps: { profiles: ProfileStore; clock: Clock }): readonly Route[] => [profileRoute(deps)];
