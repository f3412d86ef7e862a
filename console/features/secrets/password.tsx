import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { ApiFailure } from '../../api/call.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useSession } from '../../app/session.tsx';

/** Asked for when the login is old: whoever sits at an open screen is not always who logged in. */
export function PasswordForm({
  error,
  busy,
  onPassword,
}: {
  error: unknown;
  busy: boolean;
  onPassword: (password: string) => void;
}) {
  const { t } = useLingui();
  const { user } = useSession();
  const [password, setPassword] = useState('');
  const wrong = error instanceof ApiFailure && error.code === 'wrong_password';
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== '') onPassword(password);
      }}
    >
      <input type="text" name="username" autoComplete="username" value={user.userId} readOnly hidden />
      <Field
        id="secret-password"
        label={t`비밀번호`}
        hint={t`로그인한 지 오래되어 한 번 더 확인합니다.`}
        error={wrong ? t`비밀번호가 맞지 않습니다. 다시 입력해 주세요.` : undefined}
      >
        {(field) => (
          <input
            type="password"
            autoComplete="current-password"
            // The only thing to do in a dialog that was just opened.
            autoFocus
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            {...field}
          />
        )}
      </Field>
      <Button type="submit" look="main" busy={busy}>
        <Trans>확인</Trans>
      </Button>
    </form>
  );
}
