import { CLIENT_METHODS } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import type { UseFormReturn } from 'react-hook-form';
import { Callout } from '../../ui/callout.tsx';
import { FieldError } from '../../ui/field.tsx';
import { anchorOf } from './error-summary.tsx';
import type { ProblemAt } from './form.tsx';
import type { FormValues } from './model.ts';
import { METHOD_WORDS } from './words.ts';

interface MethodSectionProps {
  readonly form: UseFormReturn<FormValues>;
  readonly methods: FormValues['methods'];
  readonly problemAt: ProblemAt;
  readonly noCode: boolean;
}

/** AUTH METHODS: when to use each, and where the field has moved on. */
export function MethodSection({ form, methods, problemAt, noCode }: MethodSectionProps) {
  const { i18n, t } = useLingui();
  const error = problemAt('methods');
  return (
    <section className="form-section">
      <fieldset
        id={anchorOf('methods')}
        tabIndex={-1}
        aria-describedby={error === undefined ? undefined : 'methods-error'}
      >
        <legend>
          AUTH METHODS<span className="needed">{t`필수`}</span>
        </legend>
        <FieldError id="methods-error" error={error} />
        <div className="choices">
          {CLIENT_METHODS.map((method) => (
            <div key={method}>
              <label className="choice" htmlFor={`method-${method}`}>
                <input type="checkbox" id={`method-${method}`} {...form.register(`methods.${method}`)} />
                <span className="choice-text">
                  <span className="choice-name">
                    <code>{method}</code>
                  </span>
                  <span className="hint block">{i18n._(METHOD_WORDS[method].when)}</span>
                </span>
              </label>
              {method === 'IMPLICIT' && methods.IMPLICIT ? (
                <div className="choice-more">
                  <Callout tone="caution" title={t`IMPLICIT은 요청일 뿐입니다.`}>
                    <Trans>
                      토큰이 브라우저 기록에 남을 수 있어 지금은 권하지 않습니다. 운영자가 따로 허용해야 동작하고,
                      DRIVE와 HEALTH에는 쓸 수 없으며, 토큰은 15분 안에 끝납니다.
                    </Trans>
                  </Callout>
                </div>
              ) : null}
            </div>
          ))}
        </div>
      </fieldset>
      {noCode ? (
        <div className="stack-after">
          <Callout tone="caution" title={t`AUTHORIZATION_CODE 없이는 로그인 코드를 받을 수 없습니다.`}>
            <Trans>특별한 이유가 없다면 함께 골라 주세요. 그대로 등록할 수는 있습니다.</Trans>
          </Callout>
        </div>
      ) : null}
    </section>
  );
}
