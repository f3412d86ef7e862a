import type { Route } from '#http';
import type { HealthPagesDeps } from './deps.ts';
import { devicePages } from './devices.ts';
import { recordPages } from './records.ts';
import { sharingPages } from './sharing.ts';

export type { HealthPagesDeps } from './deps.ts';

/** The pages on which people see and change what is theirs of devices and health data. */
export const healthPages = (deps: HealthPagesDeps): Route[] => [
  ...devicePages(deps),
  ...sharingPages(deps),
  ...recordPages(deps),
];
