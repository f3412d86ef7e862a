import type { Clock } from '#kernel';
import { MINUTE, SECOND } from '#kernel';
import type { Jobs } from './every.ts';

/** What upkeep needs of storage; main passes it in, as this module knows no ports. */
export interface Upkeep {
  /** Removes what has expired, at most `most` rows; returns how many. */
  sweep(now: number, most: number): Promise<number>;
  /** Records consents whose time is over, at most `most`; returns how many. */
  expireConsents(now: number, most: number): Promise<number>;
  /** Links audit rows into the chain; returns how many. */
  sealAudit(now: number): Promise<number>;
}

const SWEEP_MOST = 500;
/** Each writes several rows, so a transaction takes fewer of them. */
const EXPIRE_MOST = 50;

/**
 * Each second: erases what has expired (also the stored refresh answers, which must go after ten seconds) and seals the
 * audit rows. Each minute: records the consents that have expired, which nothing waits for. Several processes may do it at once; the verbs decide who wins.
 */
export function startUpkeep(jobs: Jobs, upkeep: Upkeep, clock: Clock): void {
  jobs.every(SECOND, 'sweep', async () => {
    // A backlog is worked off in steps, so that requests come between.
    while ((await upkeep.sweep(clock.now(), SWEEP_MOST)) >= SWEEP_MOST);
  });
  jobs.every(MINUTE, 'expire-consents', async () => {
    while ((await upkeep.expireConsents(clock.now(), EXPIRE_MOST)) >= EXPIRE_MOST);
  });
  jobs.every(SECOND, 'seal-audit', () => upkeep.sealAudit(clock.now()));
}
