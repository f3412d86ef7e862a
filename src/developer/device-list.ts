/** One wished-for device, or what is wrong with its line. */
export type DeviceLine =
  | { readonly line: number; readonly serial: string | null; readonly mac: string | null }
  | { readonly line: number; readonly problem: DeviceLineProblem };

export type DeviceLineProblem = 'serial' | 'mac' | 'columns' | 'repeated-serial';

export const MOST_DEVICES = 10_000;

const SERIAL = /^[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?$/;
const MAC = /^[0-9A-F]{2}(?:([:-])[0-9A-F]{2})(?:\1[0-9A-F]{2}){4}$/;

/** A serial number as it is kept (empty: none), or undefined where it can't be one. */
export const asSerial = (text: string): string | null | undefined =>
  text === '' ? null : SERIAL.test(text) ? text : undefined;

/** `AA:BB:CC:DD:EE:FF`; empty: none; undefined where it can't be one. */
export function asMac(text: string): string | null | undefined {
  if (text === '') return null;
  const upper = text.toUpperCase();
  return MAC.test(upper) ? upper.replaceAll('-', ':') : undefined;
}

/** Reads `serial,mac` lines; a heading of these words is left out. 'too-many' past ten thousand. */
export function readDeviceList(csv: string): readonly DeviceLine[] | 'too-many' {
  const lines: DeviceLine[] = [];
  const seen = new Set<string>();
  const rows = csv.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  for (const [index, row] of rows.entries()) {
    if (row.trim() === '') continue;
    const line = index + 1;
    const cells = row.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
    if (line === 1 && /^serial/i.test(cells[0] ?? '')) continue;
    if (lines.length === MOST_DEVICES) return 'too-many';
    const serial = asSerial(cells[0] ?? '');
    const mac = asMac(cells[1] ?? '');
    if (cells.length > 2) lines.push({ line, problem: 'columns' });
    else if (serial === undefined) lines.push({ line, problem: 'serial' });
    else if (mac === undefined) lines.push({ line, problem: 'mac' });
    else if (serial !== null && seen.has(serial)) lines.push({ line, problem: 'repeated-serial' });
    else lines.push({ line, serial, mac });
    if (typeof serial === 'string') seen.add(serial);
  }
  return lines;
}
