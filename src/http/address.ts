import { isIP } from 'node:net';

const MAPPED = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/;
const WITH_PORT = /^(?:\[([^\]]+)\]|([0-9.]+))(?::[0-9]{1,5})?$/;

/**
 * One spelling per address, so that back-off counts one caller once (AC-06): IPv6 as RFC 5952 writes it, without zone;
 * an IPv4 address mapped into IPv6 as IPv4. Null for what is no address.
 */
export function canonicalAddress(text: string): string | null {
  const bare = text.split('%', 1)[0] ?? '';
  const family = isIP(bare);
  if (family === 0) return null;
  if (family === 4) return bare;
  const canonical = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const mapped = MAPPED.exec(canonical);
  if (mapped === null) return canonical;
  const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/**
 * The caller's address. X-Forwarded-For is believed for exactly as many entries as there are trusted proxies, counted
 * from the end: each proxy appends the address it saw, everything before them came from outside (AC-07). Forwarded,
 * X-Real-IP and the like are never read.
 */
export function callerAddress(
  socketAddress: string | undefined,
  forwardedFor: string | undefined,
  trustedProxies: number,
): string {
  const own = canonicalAddress(socketAddress ?? '') ?? 'unknown';
  if (trustedProxies === 0 || forwardedFor === undefined) return own;
  const hops = forwardedFor.split(',').map((hop) => hop.trim());
  const named = hops.at(-Math.min(trustedProxies, hops.length)) ?? '';
  const unported = WITH_PORT.exec(named);
  return canonicalAddress(unported?.[1] ?? unported?.[2] ?? named) ?? own;
}
