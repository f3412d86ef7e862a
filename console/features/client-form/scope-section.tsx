import { LIMITS, type Locale, SCOPE_ALLOWS, type ScopeName, SCOPES } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Callout } from '../../ui/callout.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { anchorOf } from './error-summary.tsx';
import type { ProblemAt } from './form.tsx';
import type { FormValues, ScopeValues } from './model.ts';
import { SCOPE_WORDS } from './words.ts';

interface ScopeSectionProps {
  readonly form: UseFormReturn<FormValues>;
  readonly scopes: FormValues['scopes'];
  readonly problemAt: ProblemAt;
  readonly noProfile: boolean;
}

/** API SCOPE: each with what the user will read, what it opens, and why its reviewer asks. */
export function ScopeSection({ form, scopes, problemAt, noProfile }: ScopeSectionProps) {
  const { t } = useLingui();
  const error = problemAt('scopes');
  return (
    <section className="form-section">
      <fieldset
        id={anchorOf('scopes')}
        tabIndex={-1}
        aria-describedby={error === undefined ? 'scopes-hint' : 'scopes-hint scopes-error'}
      >
        <legend>
          API SCOPE<span className="needed">{t`필수`}</span>
        </legend>
        <p className="hint" id="scopes-hint">
          <Trans>실제로 쓰는 정보만 골라 주세요. 적게 요청할수록 동의율이 높고 검수가 빠릅니다.</Trans>
        </p>
        <FieldError id="scopes-error" error={error} />
        <div className="choices">
          {SCOPES.map((scope) => (
            <ScopeRow
              key={scope}
              scope={scope}
              form={form}
              values={scopes[scope]}
              error={problemAt(`scopes.${scope}`)}
            />
          ))}
        </div>
      </fieldset>
      {noProfile ? (
        <div className="stack-after">
          <Callout tone="caution" title={t`PROFILE 없이는 로그인에 쓸 수 없습니다.`}>
            <Trans>로그인한 사람이 누구인지 알려면 PROFILE이 필요합니다. 그대로 등록할 수는 있습니다.</Trans>
          </Callout>
        </div>
      ) : null}
    </section>
  );
}

interface ScopeRowProps {
  readonly scope: ScopeName;
  readonly form: UseFormReturn<FormValues>;
  readonly values: ScopeValues;
  readonly error: string | undefined;
}

function ScopeRow({ scope, form, values, error }: ScopeRowProps) {
  const { i18n } = useLingui();
  const locale = i18n.locale as Locale;
  const words = SCOPE_WORDS[scope];
  return (
    <div>
      <label className="choice" htmlFor={`scope-${scope}`}>
        <input type="checkbox" id={`scope-${scope}`} {...form.register(`scopes.${scope}.on`)} />
        <span className="choice-text">
          <span className="choice-name">
            <code>{scope}</code> <span className="allows">{SCOPE_ALLOWS[locale][scope]}</span>
          </span>
          <span className="hint block">
            <b>API</b> {i18n._(words.opens)}
          </span>
          <span className="hint block">
            <b>
              <Trans>검수</Trans>
            </b>{' '}
            {i18n._(words.review)}
          </span>
        </span>
      </label>
      {values.on ? (
        <div className="choice-more">
          <NoticeFields scope={scope} form={form} values={values} error={error} />
        </div>
      ) : null}
    </div>
  );
}

/** What the user reads about this scope. Left empty, the platform's own plain sentences stand there. */
function NoticeFields({ scope, form, values, error }: ScopeRowProps) {
  const { t } = useLingui();
  const written = [values.purpose, values.retention, values.refusalEffect].filter((text) => text !== '').length;
  // HEALTH needs its own words to be approved, so its fields are not hidden.
  const [opened, setOpened] = useState(scope === 'HEALTH' || written > 0);
  const open = opened || error !== undefined;
  const long = [values.purpose, values.retention, values.refusalEffect].map((text) => text.length > LIMITS.notice);
  const at = (index: number): string | undefined =>
    error !== undefined && (long[index] === true || !long.includes(true)) ? error : undefined;
  return (
    <details open={open} onToggle={(event) => setOpened(event.currentTarget.open)}>
      <summary>
        <Icon name="right" />
        <span className="unseen">{scope} </span>
        <Trans>동의 화면에 보일 내용</Trans>
      </summary>
      <div className="terms-fields">
        <fieldset>
          <legend className="label">
            <Trans>동의 단계</Trans>
          </legend>
          <div className="radio-row">
            <label>
              <input type="radio" value="REQUIRED" {...form.register(`scopes.${scope}.level`)} />
              <Trans>필수: 동의해야 로그인합니다</Trans>
            </label>
            <label>
              <input type="radio" value="OPTIONAL" {...form.register(`scopes.${scope}.level`)} />
              <Trans>선택: 거부해도 로그인합니다</Trans>
            </label>
          </div>
        </fieldset>
        <Field
          id={`purpose-${scope}`}
          label={t`이용 목적`}
          hint={t`회원이 읽습니다. 예: 혈압 변화를 그래프로 보여 줍니다.`}
          error={at(0)}
          counter={{ text: values.purpose, limit: LIMITS.notice }}
        >
          {(field) => <textarea rows={2} {...field} {...form.register(`scopes.${scope}.purpose`)} />}
        </Field>
        <Field
          id={`retention-${scope}`}
          label={t`보유·이용 기간`}
          hint={t`예: 탈퇴할 때까지, 또는 마지막 이용 뒤 1년`}
          error={at(1)}
          counter={{ text: values.retention, limit: LIMITS.notice }}
        >
          {(field) => <textarea rows={1} {...field} {...form.register(`scopes.${scope}.retention`)} />}
        </Field>
        <Field
          id={`refusal-${scope}`}
          label={t`거부 시 불이익`}
          hint={t`거부하면 쓸 수 없는 기능을 적어 주세요.`}
          error={at(2)}
          counter={{ text: values.refusalEffect, limit: LIMITS.notice }}
        >
          {(field) => <textarea rows={1} {...field} {...form.register(`scopes.${scope}.refusalEffect`)} />}
        </Field>
        <p className="hint">
          {scope === 'PROFILE' ? (
            <Trans>비워 두면 기본 문장이 나옵니다. 미리보기에서 확인해 주세요.</Trans>
          ) : (
            <Trans>비워 두면 기본 문장이 나오지만, 승인을 받으려면 직접 적어야 합니다.</Trans>
          )}
        </p>
      </div>
    </details>
  );
}
