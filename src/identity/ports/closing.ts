import type { Act } from '#audit/ports';
import type { UserMuid } from '#kernel';

/** Everything that is held about one person, in plain words and ISO times, as it goes into the file for that person. */
export type HeldData = Readonly<Record<string, unknown>>;

/** An application or a product that stands in the way of closing its owner's account. */
export interface OwnedWork {
  readonly id: string;
  readonly name: string;
}

export type CloseOutcome =
  | 'closed'
  /** The account is not active, or its password is not that one any more. */
  | 'gone'
  | 'owns-works'
  /** Nobody else could run the platform. */
  | 'last-operator';

export interface ClosingStore {
  held(user: UserMuid): Promise<HeldData | null>;
  worksOf(user: UserMuid): Promise<OwnedWork[]>;
  isLastOperator(user: UserMuid): Promise<boolean>;
  /**
   * In one transaction: the account is closed, everything that lived by it ends (epoch, sessions, grants, consents), and
   * what told who it was is removed; measured health data is erased by a job that this asks for. The login id stays taken for ever, as a digest (AC-30). Of parallel closings one wins.
   */
  close(act: Act, user: UserMuid, passwordHash: string): Promise<CloseOutcome>;
}
