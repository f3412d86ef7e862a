import { type Clock, DAY, SECOND } from '#kernel';
import type { Jobs } from './every.ts';
import type { NoticeMails } from './ports/index.ts';

const MOST = 50;
/** Where mail is set up late, nobody is told of what was decided long ago. */
const NEWS_MS = 7 * DAY;

/** Every other second: decisions that developers have not been written to about become mails in the queue. */
export function startNoticeMails(jobs: Jobs, notices: Pick<NoticeMails, 'enqueueUnmailed'>, clock: Clock): void {
  jobs.every(2 * SECOND, 'mail-notices', async () => {
    const now = clock.now();
    while ((await notices.enqueueUnmailed(now, now - NEWS_MS, MOST)) >= MOST);
  });
}
