import { type ClientType, LIMITS } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useFieldArray, type UseFormReturn } from 'react-hook-form';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { anchorOf } from './error-summary.tsx';
import type { ProblemAt } from './form.tsx';
import type { FormValues } from './model.ts';

const EXAMPLES: Readonly<Record<ClientType, string>> = {
  web: 'https://www.example.com/login/callback',
  native: 'com.example.app:/callback',
  spa: 'https://app.example.com/callback',
};

interface RedirectSectionProps {
  readonly form: UseFormReturn<FormValues>;
  readonly type: ClientType;
  readonly problemAt: ProblemAt;
}

/** WEB SERVER REDIRECT URL: one row each; they are compared letter by letter, so each is checked as it is typed. */
export function RedirectSection({ form, type, problemAt }: RedirectSectionProps) {
  const { t } = useLingui();
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'redirectUris' });
  const ofAll = problemAt('redirectUris');
  const removeRow = (row: number): void => {
    remove(row);
    if (fields.length === 1) append({ value: '' }, { shouldFocus: false });
    requestAnimationFrame(() => document.getElementById(`redirect-${Math.max(0, row - 1)}`)?.focus());
  };
  return (
    <section className="form-section">
      <fieldset>
        <legend>WEB SERVER REDIRECT URL</legend>
        <p className="hint" id="redirects-hint">
          <Trans>로그인이 끝나면 이 URL로 돌아옵니다. 앱이 보내는 redirect_uri와 한 글자까지 같아야 합니다.</Trans>
        </p>
        <div className="url-list">
          {fields.map((field, row) => {
            const error = problemAt(`redirectUris.${row}`) ?? (row === 0 ? ofAll : undefined);
            const id = anchorOf(`redirectUris.${row}`);
            return (
              <div key={field.id}>
                <div className="url-row">
                  <input
                    type="text"
                    inputMode="url"
                    className="mono"
                    id={id}
                    autoComplete="off"
                    autoCapitalize="off"
                    spellCheck={false}
                    placeholder={EXAMPLES[type]}
                    aria-label={`WEB SERVER REDIRECT URL ${row + 1}`}
                    aria-invalid={error !== undefined}
                    aria-describedby={error === undefined ? 'redirects-hint' : `redirects-hint ${id}-error`}
                    {...form.register(`redirectUris.${row}.value`)}
                  />
                  {fields.length > 1 ? (
                    <Button look="quiet" onPress={() => removeRow(row)} aria-label={t`${row + 1}번째 URL 지우기`}>
                      <Icon name="close" />
                    </Button>
                  ) : null}
                </div>
                <FieldError id={`${id}-error`} error={error} />
              </div>
            );
          })}
        </div>
        {fields.length < LIMITS.redirectUris ? (
          <Button look="quiet" onPress={() => append({ value: '' })}>
            <Icon name="plus" />
            <Trans>URL 추가</Trans>
          </Button>
        ) : null}
      </fieldset>
    </section>
  );
}
