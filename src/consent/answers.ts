import { DAY, no, ok, type Result, type ScopeName } from '#kernel';
import { type ConsentAnswer, HEALTH_KINDS, type HealthKind, type Notice } from './ports/index.ts';

/** What came back from the page: the ticked scopes and kinds, nothing else. */
export interface Ticked {
  readonly scopes: readonly ScopeName[];
  readonly kinds: readonly HealthKind[];
}

/** 'health-needed': HEALTH is required and its box was not ticked. 'nothing': not one scope would be given. */
export type AnswerProblem = 'health-needed' | 'nothing';

/**
 * Turns ticks into answers. Required scopes other than HEALTH are given by continuing (the page says so and shows no
 * box); HEALTH is sensitive information and is given by its own box alone, required or not (제23조제1항제1호).
 */
export function answersFrom(
  notices: readonly Notice[],
  ticked: Ticked,
  context: { now: number; healthConsentDays: number; givenBefore: boolean },
): Result<readonly ConsentAnswer[], AnswerProblem> {
  const isGiven = ({ scope, required }: Notice): boolean =>
    scope === 'HEALTH' ? ticked.scopes.includes(scope) : required || ticked.scopes.includes(scope);
  if (notices.some((notice) => notice.scope === 'HEALTH' && notice.required && !isGiven(notice)))
    return no('health-needed');
  if (!context.givenBefore && !notices.some(isGiven)) return no('nothing');
  return ok(
    notices.map((notice) => {
      const given = isGiven(notice);
      const isHealth = given && notice.scope === 'HEALTH';
      return {
        notice,
        given,
        kinds: isHealth ? narrowKinds(ticked.kinds) : [],
        expiresAt: isHealth ? context.now + context.healthConsentDays * DAY : null,
      };
    }),
  );
}

/** None ticked means all, as the page says. */
const narrowKinds = (ticked: readonly HealthKind[]): readonly HealthKind[] =>
  ticked.length === 0 ? HEALTH_KINDS : HEALTH_KINDS.filter((kind) => ticked.includes(kind));
