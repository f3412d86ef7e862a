import type { NoticeKind } from '#developer/ports';
import type { ClientId, Locale, UserMuid } from '#kernel';

/**
 * Every kind of job, with what it is told. Operators read these rows: no secret, token or health value is ever part of
 * one. A job looks up what it needs when it runs, so it says what is true then.
 */
export interface JobPayloads {
  /** Somebody asked for a new password: `sought` is a folded login id or e-mail address, of nobody perhaps. */
  'mail-reset': { readonly sought: string; readonly locale: Locale };
  /** Somebody asked which login ids belong to a folded e-mail address; none, perhaps. */
  'mail-login-ids': { readonly email: string; readonly locale: Locale };
  /** A person's address has yet to be verified. */
  'mail-verify': { readonly user: UserMuid; readonly locale: Locale };
  /** A decision about a client that its developer has yet to hear of; `notice` is its row. */
  'mail-notice': { readonly notice: string };
  /** An account was closed: what its devices have measured is still to be erased. */
  'erase-health': { readonly user: UserMuid };
}

export type JobKind = keyof JobPayloads;

export interface LeasedJob {
  readonly id: string;
  readonly kind: JobKind;
  readonly payload: JobPayloads[JobKind];
  /** How often it has been begun, this time included. */
  readonly attempts: number;
  readonly createdAt: number;
}

/** A job that was given up. Nothing runs it again unless somebody says so. */
export interface DeadJob {
  readonly id: string;
  readonly kind: string;
  readonly attempts: number;
  readonly createdAt: number;
  readonly diedAt: number;
  /** The last failure as a word, never a message: those may quote addresses. */
  readonly error: string;
}

export interface JobStore {
  enqueue<Kind extends JobKind>(kind: Kind, payload: JobPayloads[Kind], at: number): Promise<void>;
  /**
   * Takes jobs of these kinds that are due and that nobody holds, the longest due first. One conditional statement: of
   * several processes one gets a job. A lease that is over is taken again, so a job whose process died runs again.
   */
  lease(wish: {
    kinds: readonly JobKind[];
    lease: string;
    now: number;
    until: number;
    most: number;
  }): Promise<LeasedJob[]>;
  /** Forgets the payload. False when the lease was lost meanwhile: somebody else has the job now. */
  finish(id: string, lease: string, now: number): Promise<boolean>;
  /** Waits until `retryAt`, or is given up where that is null. False when the lease was lost meanwhile. */
  fail(id: string, lease: string, failed: { now: number; error: string; retryAt: number | null }): Promise<boolean>;
  /** Newest first. */
  dead(most: number): Promise<DeadJob[]>;
  /** Begins a dead job anew, as if it had been asked for now. False when there is no such dead job. */
  revive(id: string, now: number): Promise<boolean>;
}

/** What a mail says of a decision about a client. */
export interface NoticeForMail {
  /** The developer's address. */
  readonly to: string;
  readonly kind: NoticeKind;
  readonly client: ClientId;
  readonly clientName: string;
  /** Of whoever decided; empty where none was given. */
  readonly reason: string;
  readonly refused: readonly { readonly scope: string; readonly reason: string }[];
}

export interface NoticeMails {
  /**
   * Puts a mail into the queue for each notice that has none, at most `most`, of those made after `since`. Notice and job
   * are written in one transaction, so of several processes one does it, once. Returns how many.
   */
  enqueueUnmailed(now: number, since: number, most: number): Promise<number>;
  /** Null where its developer can not be reached: the account is not active. */
  forMail(notice: string): Promise<NoticeForMail | null>;
}
