const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const GRAMMAR = new RegExp(`^(${TOKEN}/${TOKEN})((?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|"[^"\\\\]*"))*)$`);
const CHARSET = /;[ \t]*charset=(?:"([^"]*)"|([^;\s]*))/i;

/**
 * The type and subtype in lower case, or null for anything that does not follow RFC 9110 §8.3.1 to the letter or is not
 * in UTF-8: a type that is nearly right must not slip past a check that another reader applies (PA-12).
 */
export function readMediaType(header: string): string | null {
  const match = GRAMMAR.exec(header);
  if (match === null) return null;
  const charset = CHARSET.exec(match[2] ?? '');
  const named = charset?.[1] ?? charset?.[2];
  if (named !== undefined && named.toLowerCase() !== 'utf-8') return null;
  return match[1]?.toLowerCase() ?? null;
}

export const FORM_TYPE = 'application/x-www-form-urlencoded';
export const JSON_TYPE = 'application/json';
