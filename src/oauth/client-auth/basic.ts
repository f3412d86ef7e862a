/** Canonical base64 with padding, nothing around it: Node's decoder would take far more (CA-07). */
const BASIC = /^basic +((?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/i;
const MAX_LENGTH = 1024;

interface Pair {
  readonly clientId: string;
  readonly secret: string;
}

/**
 * The pairs that a Basic header may mean: split on the first colon, then each half form-decoded (RFC 6749 §2.3.1), and
 * the halves as they stand. Empty when the header is not strict Basic.
 */
export function readBasic(header: string): readonly Pair[] {
  const encoded = header.length <= MAX_LENGTH ? BASIC.exec(header)?.[1] : undefined;
  if (encoded === undefined) return [];
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.toString('base64') !== encoded) return [];
  const text = decodeUtf8(bytes);
  const colon = text?.indexOf(':') ?? -1;
  if (text === null || colon < 1) return [];
  const raw: Pair = { clientId: text.slice(0, colon), secret: text.slice(colon + 1) };
  const decoded = formDecoded(raw);
  return decoded === null || (decoded.clientId === raw.clientId && decoded.secret === raw.secret)
    ? [raw]
    : [decoded, raw];
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    // RFC 7617 §2: control characters are not allowed in either half.
    return /\p{Cc}/u.test(text) ? null : text;
  } catch {
    return null;
  }
}

function formDecoded(pair: Pair): Pair | null {
  try {
    const decode = (half: string): string => decodeURIComponent(half.replaceAll('+', ' '));
    return { clientId: decode(pair.clientId), secret: decode(pair.secret) };
  } catch {
    return null;
  }
}
