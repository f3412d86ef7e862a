import { HEALTH_KINDS } from '#consent';
import type { HttpRequest } from '#http';
import { DAY, SECOND } from '#kernel';
import { readKoreanTime, startOfKoreanDay } from '../device-data/times.ts';
import { badRequest, wholeNumber } from '../numbers.ts';
import type { HealthRange } from '../ports/index.ts';

const MOST_OFFSET = 1_000_000_000;

/** What is asked for, in Korean time and with today as the default (platform contract, section 6). Throws 400 (RS-17). */
export function healthRange(request: HttpRequest, now: number): HealthRange {
  const query = request.query();
  const named = query.get('obxRootRefId');
  const root = HEALTH_KINDS.find((kind) => kind === named);
  if (root === undefined) throw badRequest(`obxRootRefId must be one of ${HEALTH_KINDS.join(', ')}.`);
  const today = startOfKoreanDay(now);
  const from = timeOf(query.get('dateStart'), 'dateStart') ?? today;
  // Inclusive, and without milliseconds on the wire: the last second is meant as a whole.
  const end = timeOf(query.get('dateEnd'), 'dateEnd') ?? today + DAY - SECOND;
  if (from > end) throw badRequest('dateStart is after dateEnd.');
  return {
    root,
    from,
    to: end + SECOND - 1,
    offset: wholeNumber(request, 'offset', { otherwise: 0, from: 0, to: MOST_OFFSET }),
    limit: wholeNumber(request, 'limit', { otherwise: 10, from: 1, to: 1000 }),
  };
}

function timeOf(text: string | undefined, name: string): number | null {
  if (text === undefined) return null;
  const at = readKoreanTime(text);
  if (at === null) throw badRequest(`${name} must be a time like 2026-03-02T00:00:00 (Korean time).`);
  return at;
}
