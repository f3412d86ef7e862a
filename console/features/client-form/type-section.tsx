import { CLIENT_TYPES, type ClientType } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import type { UseFormReturn } from 'react-hook-form';
import type { FormValues } from './model.ts';
import { TYPE_WORDS } from './words.ts';

interface TypeSectionProps {
  readonly form: UseFormReturn<FormValues>;
  readonly type: ClientType;
  readonly requirePkce: boolean;
  readonly fixed: boolean;
}

/** What kind of program it is, and whether it always proves itself with PKCE. */
export function TypeSection({ form, type, requirePkce, fixed }: TypeSectionProps) {
  const { i18n } = useLingui();
  const always = type !== 'web';
  return (
    <section className="form-section">
      {fixed ? (
        <div>
          <p className="label">
            <Trans>애플리케이션 유형</Trans>
          </p>
          <p>{i18n._(TYPE_WORDS[type].name)}</p>
          <p className="hint">
            <Trans>유형은 바꿀 수 없습니다. 다른 유형이 필요하면 클라이언트를 새로 등록해 주세요.</Trans>
          </p>
        </div>
      ) : (
        <fieldset>
          <legend>
            <Trans>애플리케이션 유형</Trans>
          </legend>
          <div className="choices">
            {CLIENT_TYPES.map((one) => (
              <label className="choice" htmlFor={`type-${one}`} key={one}>
                <input type="radio" id={`type-${one}`} value={one} {...form.register('type')} />
                <span className="choice-text">
                  <span className="choice-name">{i18n._(TYPE_WORDS[one].name)}</span>
                  <span className="hint block">{i18n._(TYPE_WORDS[one].when)}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
      )}
      <div className="choices">
        <label className="choice" htmlFor="require-pkce">
          <input
            type="checkbox"
            role="switch"
            id="require-pkce"
            checked={always || requirePkce}
            disabled={always}
            onChange={(event) => form.setValue('requirePkce', event.target.checked, { shouldDirty: true })}
          />
          <span className="choice-text">
            <span className="choice-name">
              <Trans>PKCE 필수</Trans>
            </span>
            <span className="hint block">
              {always ? (
                <Trans>이 유형은 PKCE(S256) 없이는 로그인할 수 없습니다.</Trans>
              ) : (
                <Trans>켜면 PKCE(S256) 없는 로그인 요청을 거절합니다. 코드를 가로채는 공격을 막으므로 권합니다.</Trans>
              )}
            </span>
          </span>
        </label>
      </div>
    </section>
  );
}
