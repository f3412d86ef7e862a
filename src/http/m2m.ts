import type { IncomingMessage } from 'node:http';
import type { Surface } from './types.ts';

const PLAIN = /^[\x21-\x7e]{1,128}$/;
const ECHOED = { 'x-m2m-ri': 'X-M2M-RI', 'x-m2m-rvi': 'X-M2M-RVI' } as const;

/** oneM2M names the request and the release on every answer, errors too (TS-0009 §6.4.3, §6.4.18); as plain text alone. */
export function m2mEcho(surface: Surface, message: Pick<IncomingMessage, 'headers'>): Record<string, string> {
  if (surface !== 'm2m') return {};
  return Object.fromEntries(
    Object.entries(ECHOED).flatMap(([name, spelled]) => {
      const value = message.headers[name];
      return typeof value === 'string' && PLAIN.test(value) ? [[spelled, value]] : [];
    }),
  );
}
