import type { ScopeName } from '#kernel';
import type { Held, HealthKind } from './ports/index.ts';

/** What a user takes back: a scope, or one kind of HEALTH. */
export type Part =
  | { readonly scope: ScopeName; readonly kind?: never }
  | { readonly kind: HealthKind; readonly scope?: never };

/**
 * What taking it back comes to. 'narrows': the application goes on with the rest. 'ends-required': the application said
 * that it needs this, so the connection ends. 'ends-last': nothing would be left. 'nothing': it is not held.
 */
export type WithdrawalEffect = 'narrows' | 'ends-required' | 'ends-last' | 'nothing';

/** The level that counts is the one that the user was shown; what the platform's own service has without a page is required. */
export const isRequired = ({ notice }: Held): boolean => notice === null || notice.required;

export function withdrawalEffect(held: readonly Held[], part: Part): WithdrawalEffect {
  const scope = part.kind === undefined ? part.scope : 'HEALTH';
  const item = held.find((one) => one.scope === scope);
  if (item === undefined) return 'nothing';
  if (part.kind !== undefined) {
    if (!item.kinds.includes(part.kind)) return 'nothing';
    if (item.kinds.length > 1) return 'narrows';
  }
  if (held.length === 1) return 'ends-last';
  return isRequired(item) ? 'ends-required' : 'narrows';
}
