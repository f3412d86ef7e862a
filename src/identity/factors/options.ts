import { MINUTE } from '#kernel';

/** How long somebody may look for the phone after the password was right. */
export const PENDING_MS = 10 * MINUTE;
/** Codes that one begun login may try (AC-22); the next begins with the password again. */
export const MOST_TRIES = 5;
/** How long a new authenticator app's key waits for its first code. */
export const ENROL_MS = 15 * MINUTE;
/** AC-25: a challenge is good for five minutes. */
export const CHALLENGE_MS = 5 * MINUTE;
/** Nobody has so many devices; the table does not grow without end (CWE-770). */
export const MOST_PASSKEYS = 20;
export const RECOVERY_CODES = 10;
