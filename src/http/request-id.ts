import { randomBytes } from 'node:crypto';

/** Shown to people and logged; never taken from a request. */
export const newRequestId = (): string => randomBytes(16).toString('hex');
