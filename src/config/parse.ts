import { checkEmail, no, ok, type Result } from '#kernel';

/** Reads a setting from its text. The problem completes the sentence "MEDBIZ_X …". */
export type Parse<Value> = (text: string) => Result<Value, string>;

export const text: Parse<string> = (given) => ok(given);

export function textUpTo(most: number): Parse<string> {
  return (given) => (given.length <= most ? ok(given) : no(`has more than ${most} characters`));
}

export function whole(least: number, most: number): Parse<number> {
  return (given) => {
    const value = /^[0-9]{1,12}$/.test(given) ? Number(given) : Number.NaN;
    return value >= least && value <= most ? ok(value) : no(`must be a whole number from ${least} to ${most}`);
  };
}

export function oneOf<const Word extends string>(words: readonly Word[]): Parse<Word> {
  return (given) => {
    const word = words.find((each) => each === given);
    return word === undefined ? no(`must be one of ${words.join(', ')}`) : ok(word);
  };
}

/** Scheme, host and port alone: paths and cookies are laid out from the root. */
export const origin: Parse<string> = (given) => {
  const url = URL.canParse(given) ? new URL(given) : null;
  const plain = url !== null && (url.origin === given || `${url.origin}/` === given);
  return plain && (url.protocol === 'https:' || url.protocol === 'http:')
    ? ok(url.origin)
    : no('must be a scheme, host and port such as https://login.example.com, in lower case and without a path');
};

export const databaseUrl: Parse<string> = (given) =>
  /^postgres(?:ql)?:\/\//.test(given) && URL.canParse(given) ? ok(given) : no('must start with postgres://');

/** Scheme, credentials, host and port; what they hold may be percent-encoded. */
export const smtpUrl: Parse<string> = (given) => {
  const url = URL.canParse(given) ? new URL(given) : null;
  const shaped =
    url !== null &&
    (url.protocol === 'smtp:' || url.protocol === 'smtps:') &&
    url.hostname !== '' &&
    ['', '/'].includes(url.pathname) &&
    url.search === '' &&
    url.hash === '' &&
    isDecodable(url.username) &&
    isDecodable(url.password);
  return shaped ? ok(given) : no('must look like smtps://user:password@smtp.example.com:465, without a path');
};

function isDecodable(part: string): boolean {
  try {
    return !/\p{Cc}/u.test(decodeURIComponent(part));
  } catch {
    return false;
  }
}

export const email: Parse<string> = (given) =>
  checkEmail(given) === null ? ok(given) : no('must be one e-mail address such as no-reply@example.com');

/** 32 bytes as 64 hexadecimal characters or as base64 (both alphabets, padding optional). */
export const key32: Parse<Uint8Array> = (given) => {
  if (/^[0-9A-Fa-f]{64}$/.test(given)) return ok(Uint8Array.from(Buffer.from(given, 'hex')));
  if (/^(?:[A-Za-z0-9+/]{43}|[A-Za-z0-9_-]{43})=?$/.test(given))
    return ok(Uint8Array.from(Buffer.from(given, 'base64')));
  return no('must be 32 bytes, as 64 hexadecimal characters or in base64 (make one with: openssl rand -base64 32)');
};
