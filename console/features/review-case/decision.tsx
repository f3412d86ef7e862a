import {
  LIMITS,
  type Locale,
  type ReviewCase,
  type ReviewDecision,
  SCOPE_ALLOWS,
  type ScopeName,
} from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { caseQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { Failed } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import {
  type DecisionProblem,
  decisionProblems,
  type DecisionValues,
  toDecision,
  type VerdictValues,
  verdictOf,
} from './decision-model.ts';
import type { CaseProps } from './page.tsx';

interface DecisionFormProps extends CaseProps {
  readonly proposed: NonNullable<ReviewCase['proposed']>;
}

/** A verdict per scope, and the decision about the whole. It names what was seen, so that nothing else is approved. */
export function DecisionForm({ theCase, proposed, onDecided }: DecisionFormProps) {
  const { t } = useLingui();
  const say = useToast();
  const queries = useQueryClient();
  const { content } = proposed;
  const [values, setValues] = useState<DecisionValues>({ verdicts: {}, reason: '', allowImplicit: false });
  const [problems, setProblems] = useState<readonly DecisionProblem[]>([]);
  const decide = useMutation({
    mutationFn: (action: ReviewDecision['action']) =>
      api.decide(theCase.client.id, toDecision(action, proposed, values)),
    onSuccess: (now, action) => {
      say(action === 'approve' ? t`승인했습니다.` : t`반려했습니다.`);
      onDecided(now);
    },
  });
  const change = (next: Partial<DecisionValues>): void => {
    setValues((before) => ({ ...before, ...next }));
    setProblems([]);
  };
  const setVerdict = (scope: ScopeName, verdict: VerdictValues): void =>
    change({ verdicts: { ...values.verdicts, [scope]: verdict } });
  const submit = (action: ReviewDecision['action']): void => {
    const found = decisionProblems(action, content, values);
    setProblems(found);
    if (found.length === 0) decide.mutate(action);
  };
  return (
    <section className="card" aria-labelledby="decision-title">
      <h2 id="decision-title">
        <Trans>결정</Trans>
      </h2>
      <ul className="verdicts">
        {content.scopes.map((asked) => (
          <li key={asked.scope}>
            <ScopeVerdictFields
              asked={asked}
              values={verdictOf(values, asked.scope)}
              missing={problems.some(({ at }) => at === asked.scope)}
              onChange={(verdict) => setVerdict(asked.scope, verdict)}
            />
          </li>
        ))}
      </ul>
      {content.methods.includes('IMPLICIT') ? (
        <Callout tone="caution" title={t`IMPLICIT을 요청했습니다.`}>
          <label className="tick">
            <input
              type="checkbox"
              checked={values.allowImplicit}
              onChange={(event) => change({ allowImplicit: event.target.checked })}
            />
            <span>
              <Trans>이 클라이언트에 IMPLICIT을 허용합니다 (권하지 않음)</Trans>
            </span>
          </label>
        </Callout>
      ) : null}
      <div className="decision-reason">
        <Field
          id="decision-reason"
          label={t`개발자에게 보낼 말`}
          hint={t`반려할 때는 무엇을 고쳐야 하는지 꼭 적어 주세요.`}
          error={problems.some(({ at }) => at === 'reason') ? t`반려하는 이유를 적어 주세요.` : undefined}
          counter={{ text: values.reason, limit: LIMITS.reason }}
        >
          {(field) => (
            <textarea
              rows={3}
              maxLength={LIMITS.reason}
              value={values.reason}
              onChange={(event) => change({ reason: event.target.value })}
              {...field}
            />
          )}
        </Field>
      </div>
      <FieldError
        id="decision-none"
        error={
          problems.some(({ at }) => at === 'verdicts')
            ? t`API SCOPE를 하나도 승인하지 않으려면 반려해 주세요.`
            : undefined
        }
      />
      {decide.error === null ? null : (
        <Failed
          error={decide.error}
          onReload={() => void queries.invalidateQueries({ queryKey: caseQuery(theCase.client.id).queryKey })}
        />
      )}
      <div className="form-foot">
        <Button
          look="main"
          id="approve"
          busy={decide.isPending && decide.variables === 'approve'}
          onPress={() => submit('approve')}
        >
          <Trans>승인</Trans>
        </Button>
        <Button
          look="danger"
          id="reject"
          busy={decide.isPending && decide.variables === 'reject'}
          onPress={() => submit('reject')}
        >
          <Trans>반려</Trans>
        </Button>
      </div>
    </section>
  );
}

interface ScopeVerdictFieldsProps {
  readonly asked: NonNullable<ReviewCase['proposed']>['content']['scopes'][number];
  readonly values: VerdictValues;
  readonly missing: boolean;
  readonly onChange: (values: VerdictValues) => void;
}

function ScopeVerdictFields({ asked, values, missing, onChange }: ScopeVerdictFieldsProps) {
  const { i18n, t } = useLingui();
  const { scope } = asked;
  const unwritten = (
    <span className={scope === 'PROFILE' ? 'soft' : 'unwritten'}>
      <Trans>적지 않음</Trans>
    </span>
  );
  return (
    <fieldset>
      <legend>
        <code>{scope}</code> <span className="soft">{asked.level === 'OPTIONAL' ? t`선택` : t`필수`}</span>
      </legend>
      <p className="soft">{SCOPE_ALLOWS[i18n.locale as Locale][scope]}</p>
      <dl className="asks">
        <div>
          <dt>{t`이용 목적`}</dt>
          <dd>{asked.purpose === '' ? unwritten : asked.purpose}</dd>
        </div>
        <div>
          <dt>{t`보유·이용 기간`}</dt>
          <dd>{asked.retention === '' ? unwritten : asked.retention}</dd>
        </div>
        <div>
          <dt>{t`거부 시 불이익`}</dt>
          <dd>{asked.refusalEffect === '' ? unwritten : asked.refusalEffect}</dd>
        </div>
      </dl>
      <div className="radio-row">
        {(['APPROVED', 'REFUSED'] as const).map((verdict) => (
          <label key={verdict}>
            <input
              type="radio"
              name={`verdict-${scope}`}
              value={verdict}
              checked={values.verdict === verdict}
              onChange={() => onChange({ ...values, verdict })}
            />
            {verdict === 'APPROVED' ? t`승인` : t`승인하지 않음`}
          </label>
        ))}
      </div>
      {values.verdict === 'REFUSED' ? (
        <Field
          id={`verdict-reason-${scope}`}
          label={t`승인하지 않는 이유`}
          error={missing ? t`개발자가 고칠 수 있도록 이유를 적어 주세요.` : undefined}
        >
          {(field) => (
            <textarea
              rows={2}
              maxLength={LIMITS.reason}
              value={values.reason}
              onChange={(event) => onChange({ ...values, reason: event.target.value })}
              {...field}
            />
          )}
        </Field>
      ) : null}
    </fieldset>
  );
}
