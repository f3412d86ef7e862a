import type { ContentInstance } from '#contracts';
import type { DeviceMuid } from '#kernel';
import type { Instance } from '../ports/index.ts';
import { m2mTime } from './times.ts';

export const containerPath = (device: DeviceMuid, field: string): string => `/Mobius/${device}/fields/${field}`;

/** Nothing is removed after a while by itself: what was sent stays until its owner deletes it. */
const NEVER = '99991231T235959';
const TIE_DIGITS = 10;
const NAME = /^4-(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{3})(\d{10})$/;

/** `4-` for the type, the time to the millisecond, and what tells two of one millisecond apart. */
export function instanceName({ createdAt, tie }: Pick<Instance, 'createdAt' | 'tie'>): string {
  const time = new Date(createdAt).toISOString().replaceAll(/[^0-9]/g, '');
  return `4-${time}${String(tie).padStart(TIE_DIGITS, '0')}`;
}

/** What an instance's name says of its place, or null for no name of ours. */
export function readInstanceName(name: string): { createdAt: number; tie: number } | null {
  const parts = NAME.exec(name);
  if (parts === null) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ms = 0, tie = 0] = parts.slice(1).map(Number);
  return { createdAt: Date.UTC(year, month - 1, day, hour, minute, second, ms), tie };
}

/** A contentInstance. `con` is text whatever was sent (the SDK breaks on an object); `cr` names the device, never its secret. */
export function instanceOnWire(device: DeviceMuid, field: string, instance: Instance): ContentInstance {
  const name = instanceName(instance);
  const created = m2mTime(instance.createdAt);
  return {
    rn: name,
    ty: 4,
    pi: containerPath(device, field),
    ri: name,
    ct: created,
    et: NEVER,
    lt: created,
    st: 0,
    cs: Buffer.byteLength(instance.con),
    cnf: instance.cnf ?? 'text/plain:0',
    con: instance.con,
    cr: device,
    ...(instance.marks.length === 0 ? {} : { lbl: [...instance.marks] }),
  };
}
