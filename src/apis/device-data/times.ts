/** Korea has kept UTC+9 all year round since 1988; times without a zone are Korean. */
const KOREA_MS = 9 * 3_600_000;

const EXTENDED = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})$/;
const BASIC = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/;
const ZONED = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,3})\d*)?(Z|[+-]\d{2}:\d{2})?$/;

/** Milliseconds of a time that exists (no 30 February), read as UTC. Null for anything else. */
function utc(parts: RegExpExecArray | null): number | null {
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const time = new Date(0);
  time.setUTCFullYear(year, month - 1, day);
  time.setUTCHours(hour, minute, second, 0);
  const same =
    time.getUTCFullYear() === year &&
    time.getUTCMonth() === month - 1 &&
    time.getUTCDate() === day &&
    time.getUTCHours() === hour &&
    time.getUTCMinutes() === minute &&
    time.getUTCSeconds() === second;
  return same && year > 0 ? time.getTime() : null;
}

/** `cra` and `crb`: the extended or the basic form, UTC. */
export const readM2mTime = (text: string): number | null => utc(EXTENDED.exec(text) ?? BASIC.exec(text));

/** `yyyy-MM-dd'T'HH:mm:ss` in Korean time. */
export function readKoreanTime(text: string): number | null {
  const at = utc(EXTENDED.exec(text));
  return at === null ? null : at - KOREA_MS;
}

/** The first millisecond of the Korean day of a time. */
export const startOfKoreanDay = (at: number): number =>
  Math.floor((at + KOREA_MS) / 86_400_000) * 86_400_000 - KOREA_MS;

/** Milliseconds since 1970 have thirteen digits for as long as this program will run; seconds have ten. */
const MILLISECONDS_FROM = 1e12;

/** What a device says about when: ISO 8601, with a zone or in Korean time, or milliseconds since 1970. */
export function readDeviceTime(value: unknown): number | null {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= MILLISECONDS_FROM && value < 10 * MILLISECONDS_FROM ? value : null;
  }
  const parts = typeof value === 'string' ? ZONED.exec(value) : null;
  if (parts === null) return null;
  const [, plain = '', fraction = '', zone] = parts;
  const at = utc(EXTENDED.exec(plain));
  if (at === null) return null;
  return at + Number(fraction.padEnd(3, '0')) - (zone === undefined ? KOREA_MS : zoneMs(zone));
}

function zoneMs(zone: string): number {
  if (zone === 'Z') return 0;
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number);
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}

/** `yyyyMMddTHHmmss`, UTC, as oneM2M writes times. */
export const m2mTime = (at: number): string => new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
