import type { ClientContent, ReviewDecision, ScopeName, ScopeVerdict } from '../../api/contracts.ts';

export interface VerdictValues {
  readonly verdict: ScopeVerdict['verdict'];
  readonly reason: string;
}

export interface DecisionValues {
  readonly verdicts: Readonly<Partial<Record<ScopeName, VerdictValues>>>;
  readonly reason: string;
  readonly allowImplicit: boolean;
}

/** Why a decision can't be sent yet, and about which scope. */
export type DecisionProblem =
  | { readonly at: 'reason'; readonly problem: 'missing' }
  | { readonly at: 'verdicts'; readonly problem: 'none-approved' }
  | { readonly at: ScopeName; readonly problem: 'missing' };

export const verdictOf = (values: DecisionValues, scope: ScopeName): VerdictValues =>
  values.verdicts[scope] ?? { verdict: 'APPROVED', reason: '' };

/** Refusing anything needs a reason that its developer can act on; approving needs one approved scope at least. */
export function decisionProblems(
  action: ReviewDecision['action'],
  content: ClientContent,
  values: DecisionValues,
): DecisionProblem[] {
  if (action === 'reject') return values.reason.trim() === '' ? [{ at: 'reason', problem: 'missing' }] : [];
  const refused = content.scopes.filter(({ scope }) => verdictOf(values, scope).verdict === 'REFUSED');
  const unexplained = refused.filter(({ scope }) => verdictOf(values, scope).reason.trim() === '');
  return [
    ...unexplained.map(({ scope }): DecisionProblem => ({ at: scope, problem: 'missing' })),
    ...(refused.length === content.scopes.length ? [{ at: 'verdicts', problem: 'none-approved' } as const] : []),
  ];
}

export const toDecision = (
  action: ReviewDecision['action'],
  about: { version: number; contentHash: string; content: ClientContent },
  values: DecisionValues,
): ReviewDecision => ({
  action,
  version: about.version,
  seen: about.contentHash,
  reason: values.reason.trim(),
  scopeVerdicts: about.content.scopes.map(({ scope }) => {
    const { verdict, reason } = verdictOf(values, scope);
    return { scope, verdict, reason: verdict === 'REFUSED' ? reason.trim() : '' };
  }),
  allowImplicit: action === 'approve' && about.content.methods.includes('IMPLICIT') && values.allowImplicit,
});
