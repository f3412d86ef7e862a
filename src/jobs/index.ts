/**
 * Owns: work that happens by itself: when it runs, that it never overlaps itself, that it survives a failure and ends
 * with the process. Does not own: what the work is; storage is passed in.
 */
export { createJobs, type Jobs, type TaskLog } from './every.ts';
export { startUpkeep, type Upkeep } from './upkeep.ts';
