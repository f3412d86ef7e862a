/** A request as it will stand on the wire. Names and values of query and form are encoded already, well or badly. */
export type Pair = readonly [name: string, value: string];

export type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'form'; readonly pairs: readonly Pair[] }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'raw'; readonly bytes: Buffer };

export interface Attempt {
  readonly method: string;
  readonly path: string;
  readonly query: readonly Pair[];
  readonly headers: readonly Pair[];
  readonly body: Body;
  /** The framing itself was tampered with: whatever comes back, the connection is not used again. */
  readonly broken: boolean;
}

/** Whether the headers say how long the body is, and perhaps not truly. */
export const isFramed = ({ headers }: Attempt): boolean =>
  headers.some(([name]) => /^(?:content-length|transfer-encoding)\s*$/i.test(name));

export const encode = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%20', '+');
export const joined = (pairs: readonly Pair[]): string => pairs.map(([name, value]) => `${name}=${value}`).join('&');

/** The bytes of a request; length and host are added unless the headers say otherwise. */
export function bytesOf(attempt: Attempt, host: string): Buffer {
  const body = bodyOf(attempt.body);
  const target = attempt.query.length === 0 ? attempt.path : `${attempt.path}?${joined(attempt.query)}`;
  const names = new Set(attempt.headers.map(([name]) => name.toLowerCase()));
  const framed = isFramed(attempt);
  const headers: Pair[] = [
    ...(names.has('host') ? [] : [['Host', host] as const]),
    ...attempt.headers,
    ...(attempt.body.kind === 'none' || framed ? [] : [['Content-Length', String(body.length)] as const]),
  ];
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${attempt.method} ${target} HTTP/1.1\r\n${head}\r\n`), body]);
}

function bodyOf(body: Body): Buffer {
  switch (body.kind) {
    case 'none':
      return Buffer.alloc(0);
    case 'form':
      return Buffer.from(joined(body.pairs));
    case 'json':
      return Buffer.from(JSON.stringify(body.value) ?? 'null');
    case 'raw':
      return body.bytes;
  }
}
