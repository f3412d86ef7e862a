import type { IncomingMessage } from 'node:http';

export const MAX_BODY = 64 * 1024;

/**
 * The body's bytes, at most `limit` of them. Stops listening as soon as there are more; the connection is closed with
 * the answer then, so nobody is made to read the rest.
 */
export function readBody(message: IncomingMessage, limit: number): Promise<Buffer | 'too-large' | 'aborted'> {
  if (Number(message.headers['content-length'] ?? 0) > limit) return Promise.resolve('too-large');
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    const onData = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) {
        message.off('data', onData).pause();
        resolve('too-large');
      } else chunks.push(chunk);
    };
    message.on('data', onData);
    message.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)));
    message.once('error', () => resolve('aborted'));
    message.once('close', () => resolve('aborted'));
  });
}

/** Null for bytes that are no UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Whether the request announces a body at all (RFC 9112 §6.3). */
export const hasBody = (message: IncomingMessage): boolean =>
  message.headers['transfer-encoding'] !== undefined || Number(message.headers['content-length'] ?? 0) > 0;
