import { type ClientDetail, LIMITS, type MadeSecret } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiFailure } from '../../api/call.ts';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Failed } from '../../ui/states.tsx';

type Others = 'keep' | '0' | '24' | '168';

interface NewSecretFormProps {
  readonly client: ClientDetail;
  readonly hasOthers: boolean;
  readonly onDone: (secret: MadeSecret) => void;
  readonly onCancel: () => void;
  /** The login grew old meanwhile. */
  readonly onLocked: () => void;
}

/** Another secret, or one that takes over: the old ones live on for a while, so that servers can change without a gap. */
export function NewSecretForm({ client, hasOthers, onDone, onCancel, onLocked }: NewSecretFormProps) {
  const { t } = useLingui();
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const [others, setOthers] = useState<Others>(hasOthers ? '24' : 'keep');
  const make = useMutation({
    mutationFn: () =>
      api.makeSecret(client.id, {
        name: name.trim(),
        ...(others === 'keep' ? {} : { overlapHours: Number(others) }),
      }),
    onSuccess: onDone,
    onError: (error) => {
      if (error instanceof ApiFailure && error.code === 'login_again') onLocked();
    },
  });
  const choices: readonly [Others, string][] = [
    ['24', t`24시간 뒤에 끝냅니다`],
    ['168', t`7일 뒤에 끝냅니다`],
    ['0', t`지금 바로 끝냅니다`],
    ['keep', t`끝내지 않고 함께 씁니다`],
  ];
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(name.trim() === '');
        if (name.trim() !== '') make.mutate();
      }}
    >
      <Field
        id="secret-name"
        label={t`새 시크릿의 이름`}
        hint={t`어디에 쓰는지 알아볼 이름입니다. 예: 운영 서버`}
        error={missing ? t`이름을 입력해 주세요.` : undefined}
      >
        {(field) => (
          <input
            type="text"
            autoComplete="off"
            maxLength={LIMITS.secretName}
            value={name}
            onChange={(event) => {
              setName(event.target.value);
              setMissing(false);
            }}
            {...field}
          />
        )}
      </Field>
      {hasOthers ? (
        <fieldset>
          <legend>
            <Trans>지금 쓰는 시크릿</Trans>
          </legend>
          <div className="choices">
            {choices.map(([value, words]) => (
              <label className="choice" key={value}>
                <input type="radio" name="others" checked={others === value} onChange={() => setOthers(value)} />
                <span>{words}</span>
              </label>
            ))}
          </div>
        </fieldset>
      ) : null}
      {make.error === null ? null : <Failed error={make.error} />}
      <div className="buttons">
        <Button type="submit" look="main" busy={make.isPending}>
          <Trans>만들기</Trans>
        </Button>
        <Button onPress={onCancel}>
          <Trans>돌아가기</Trans>
        </Button>
      </div>
    </form>
  );
}
