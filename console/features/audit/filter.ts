import type { AuditFilter } from '../../api/contracts.ts';

const DAY = 86_400_000;

/** Midnight of a date field's day in the reader's own zone, in milliseconds; null when it is no date. */
export function dayStart(date: string): number | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) return null;
  const at = new Date(`${date}T00:00:00`).getTime();
  return Number.isNaN(at) || at < 0 ? null : at;
}

/** The filter of the address, as the API takes it: the last day is included. */
export function filterOf(params: URLSearchParams): AuditFilter {
  const action = params.get('action') ?? '';
  const subject = params.get('subject') ?? '';
  const client = params.get('client') ?? '';
  const from = dayStart(params.get('from') ?? '');
  const to = dayStart(params.get('to') ?? '');
  return {
    ...(/^[a-z][a-z.-]{0,63}$/.test(action) ? { action } : {}),
    ...(subject === '' ? {} : { subject }),
    ...(/^[0-9a-f]{32}$/.test(client) ? { client } : {}),
    ...(from === null ? {} : { from: String(from) }),
    ...(to === null ? {} : { to: String(to + DAY) }),
  };
}
