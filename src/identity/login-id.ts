/**
 * Login ids. What is unique is the folded form; what may be typed at sign-up is narrow, so that no look-alike of another
 * id can be made (AC-28: full-width, Cyrillic, zero-width, `ı`, `ſ`).
 */

export type LoginIdProblem = 'empty' | 'shape' | 'reserved';

/** NFKC, lower case, no space around (keyboards add one). Any text may be folded; only a well-formed one is ever stored. */
export const foldLoginId = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

const ASCII = /^[\x21-\x7e]+$/;
const SHAPE = /^[a-z0-9][a-z0-9._-]{2,31}$/;

/** Names that would speak for the platform, its people or its mail (RFC 2142), however they are dressed up. */
const AUTHORITY =
  `abuse admin administrator hostmaster helpdesk master moderator mod noreply official operator postmaster
  privacy reviewer root security staff superuser support sysadmin sysop system webmaster`.split(/\s+/);

/** Names that only read like a part of the platform. */
const MACHINERY =
  `account accounts anonymous api apis audit auth billing console contact daemon developer developers docs
  everyone guest health help info login logout mail mailer-daemon me mobius nobody null oauth onem2m openapi openid owner
  public review self server service setup signin signup status team token undefined unknown user users www`.split(
    /\s+/,
  );

/** `admin`, and what only dresses it up: `admin1`, `the.admin` is somebody else, `a-d-m-i-n` is not. */
function isReserved(folded: string, brand: string): boolean {
  const bare = folded.replaceAll(/[._-]/g, '');
  const own = brand.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (own.length > 2 && bare.includes(own)) return true;
  return MACHINERY.includes(folded) || AUTHORITY.includes(bare.replace(/[0-9]+$/, ''));
}

/** `reservedAllowed`: the command line and the first operator may take `admin`. */
export function checkLoginId(
  typed: string,
  options: { brand: string; reservedAllowed: boolean },
): LoginIdProblem | null {
  if (typed === '') return 'empty';
  const folded = foldLoginId(typed);
  if (!ASCII.test(typed) || !SHAPE.test(folded)) return 'shape';
  return !options.reservedAllowed && isReserved(folded, options.brand) ? 'reserved' : null;
}
