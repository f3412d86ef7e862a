import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayStart, filterOf } from '../../console/features/audit/filter.ts';
import {
  decisionProblems,
  type DecisionValues,
  toDecision,
} from '../../console/features/review-case/decision-model.ts';
import type { ClientContent } from '../../contracts/console/index.ts';

const asked = (scope: 'PROFILE' | 'HEALTH') =>
  ({ scope, level: 'REQUIRED', purpose: '', retention: '', refusalEffect: '' }) as const;
const content: ClientContent = {
  name: '혈압 일기',
  description: '',
  type: 'web',
  requirePkce: false,
  redirectUris: ['https://a.example.com/cb'],
  scopes: [asked('PROFILE'), asked('HEALTH')],
  methods: ['AUTHORIZATION_CODE'],
};
const nothing: DecisionValues = { verdicts: {}, reason: '', allowImplicit: false };

describe('a reviewer’s decision', () => {
  it('approves every scope that was not refused', () => {
    assert.deepEqual(decisionProblems('approve', content, nothing), []);
    const decision = toDecision('approve', { version: 3, contentHash: 'h', content }, nothing);
    assert.deepEqual(decision.scopeVerdicts, [
      { scope: 'PROFILE', verdict: 'APPROVED', reason: '' },
      { scope: 'HEALTH', verdict: 'APPROVED', reason: '' },
    ]);
    assert.equal(decision.seen, 'h');
  });

  it('needs a reason for every scope that it refuses', () => {
    const values: DecisionValues = { ...nothing, verdicts: { HEALTH: { verdict: 'REFUSED', reason: ' ' } } };
    assert.deepEqual(decisionProblems('approve', content, values), [{ at: 'HEALTH', problem: 'missing' }]);
  });

  it('can not approve a client without one approved scope', () => {
    const refused = { verdict: 'REFUSED', reason: '없음' } as const;
    assert.deepEqual(
      decisionProblems('approve', content, { ...nothing, verdicts: { PROFILE: refused, HEALTH: refused } }),
      [{ at: 'verdicts', problem: 'none-approved' }],
    );
  });

  it('needs a reason to reject the whole', () => {
    assert.deepEqual(decisionProblems('reject', content, nothing), [{ at: 'reason', problem: 'missing' }]);
    assert.deepEqual(decisionProblems('reject', content, { ...nothing, reason: '고쳐 주세요' }), []);
  });

  it('never allows IMPLICIT to a client that did not ask for it, or that is rejected', () => {
    const about = { version: 1, contentHash: 'h', content };
    const implicit = { ...about, content: { ...content, methods: ['IMPLICIT' as const] } };
    const values = { ...nothing, allowImplicit: true };
    assert.equal(toDecision('approve', about, values).allowImplicit, false);
    assert.equal(toDecision('reject', implicit, values).allowImplicit, false);
    assert.equal(toDecision('approve', implicit, values).allowImplicit, true);
  });
});

describe('the audit log’s filter', () => {
  it('includes the last day whole, in the reader’s own zone', () => {
    const filter = filterOf(new URLSearchParams({ from: '2026-11-01', to: '2026-11-01' }));
    assert.equal(Number(filter.to) - Number(filter.from), 86_400_000);
    assert.equal(Number(filter.from), dayStart('2026-11-01'));
  });

  it('leaves out what is no date, no action and no client id', () => {
    assert.deepEqual(
      filterOf(new URLSearchParams({ from: 'yesterday', action: 'DROP', client: 'abc', subject: 'haneul' })),
      {
        subject: 'haneul',
      },
    );
  });
});
