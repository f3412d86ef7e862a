/**
 * Owns: work that happens by itself: when it runs, that it never overlaps itself, that it survives a failure and ends
 * with the process; the durable queue, and mail with its words. Does not own: what the work is; storage comes in through
 * `ports`, handlers are passed in.
 */
export { createJobs, type Jobs, type TaskLog } from './every.ts';
export { JobFailure } from './failure.ts';
export * from './mail/index.ts';
export { startNoticeMails } from './notices.ts';
export type { DeadJob, JobKind, JobPayloads, JobStore, LeasedJob, NoticeForMail, NoticeMails } from './ports/index.ts';
export { type Handler, type Handlers, LEASE_MS, type Queue, type QueueDeps, startQueue } from './queue.ts';
export { startUpkeep, type Upkeep } from './upkeep.ts';
