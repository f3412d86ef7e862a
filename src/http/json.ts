import { no, ok, type Result } from '#kernel';

export const MAX_DEPTH = 20;

/**
 * Parses a JSON body whose root is an object or an array (PA-18). The depth is counted before anything recursive touches
 * the text (IN-08); a `__proto__` key is refused rather than handed on to whoever merges objects.
 */
export function parseJson(text: string): Result<object, 'malformed'> {
  if (tooDeep(text)) return no('malformed');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return no('malformed');
  }
  if (typeof value !== 'object' || value === null || hasProto(value)) return no('malformed');
  return ok(value);
}

function tooDeep(text: string): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === 0x5c) at++;
      else if (char === 0x22) inString = false;
    } else if (char === 0x22) inString = true;
    else if (char === 0x7b || char === 0x5b) {
      if (++depth > MAX_DEPTH) return true;
    } else if (char === 0x7d || char === 0x5d) depth--;
  }
  return false;
}

/** At most MAX_DEPTH levels, as counted before. */
function hasProto(value: object): boolean {
  if (Object.hasOwn(value, '__proto__')) return true;
  const inside: unknown[] = Object.values(value);
  return inside.some((inner) => typeof inner === 'object' && inner !== null && hasProto(inner));
}
