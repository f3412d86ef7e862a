import type { Handlers } from '#jobs';
import { type Clock, DAY, HOUR, SECOND } from '#kernel';
import type { Storage } from '#storage';
import { systemAct } from './act.ts';

const STEP = 500;
/** Well within the minute that a job is lent for; what is left then is a job of its own. */
const LONGEST_MS = 20 * SECOND;

/** What is erased after an account was closed (개인정보 보호법 제21조): in steps, and again and again until it is done. */
export const erasureHandlers = (storage: Pick<Storage, 'jobs' | 'ownHealth'>, clock: Clock): Handlers => ({
  'erase-health': {
    attempts: 1000,
    delayMs: 5 * SECOND,
    maxDelayMs: HOUR,
    goodForMs: 365 * DAY,
    async run({ user }) {
      const began = performance.now();
      const act = systemAct(clock.now());
      let erased = 0;
      for (let step = STEP; step > 0; ) {
        step = await storage.ownHealth.erase(act, user, STEP);
        erased += step;
        if (performance.now() - began > LONGEST_MS) {
          await storage.jobs.enqueue('erase-health', { user }, clock.now());
          break;
        }
      }
      if (erased > 0) await storage.ownHealth.noteErased(act, user, erased);
    },
  },
});
