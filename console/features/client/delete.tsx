import type { ClientDetail } from '../../api/contracts.ts';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.ts';
import { clientsQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CancelButton, Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Failed } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

/** The way out, which asks for the name and says whom it concerns. */
export function DeleteClient({ client }: { client: ClientDetail }) {
  const [open, setOpen] = useState(false);
  return (
    <section className="form danger-zone" aria-labelledby="delete-title">
      <h2 id="delete-title" className="h3">
        <Trans>클라이언트 삭제</Trans>
      </h2>
      <p className="soft">
        <Trans>로그인과 모든 토큰이 바로 끝납니다. 되돌릴 수 없고, 같은 ID를 다시 받을 수 없습니다.</Trans>
      </p>
      <div className="form-foot">
        <Button look="danger" id="delete" onPress={() => setOpen(true)}>
          <Trans>삭제</Trans>
        </Button>
      </div>
      {open ? <Ask client={client} onClose={() => setOpen(false)} /> : null}
    </section>
  );
}

function Ask({ client, onClose }: { client: ClientDetail; onClose: () => void }) {
  const { t } = useLingui();
  const say = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState(false);
  const remove = useMutation({
    mutationFn: () => api.deleteClient(client.id, { name: typed.trim() }),
    onSuccess: async () => {
      await navigate('/clients');
      queries.removeQueries({ queryKey: ['clients', client.id] });
      await queries.invalidateQueries({ queryKey: clientsQuery.queryKey, exact: true });
      say(t`삭제했습니다.`);
    },
  });
  const submit = (): void => {
    const same = typed.normalize('NFC').trim() === client.name;
    setWrong(!same);
    if (same) remove.mutate();
  };
  return (
    <Dialog
      open
      role="alertdialog"
      title={t`${client.name} 삭제`}
      onClose={onClose}
      foot={
        <>
          <CancelButton onPress={onClose} />
          <Button look="danger" id="delete-now" busy={remove.isPending} onPress={submit}>
            <Trans>삭제</Trans>
          </Button>
        </>
      }
    >
      <ul className="bullets">
        <li>
          {client.connectedUsers === 0 ? (
            <Trans>연결한 회원이 없습니다.</Trans>
          ) : (
            <Plural value={client.connectedUsers} other="연결한 회원 #명이 이 앱에 로그인할 수 없게 됩니다." />
          )}
        </li>
        <li>
          <Trans>이미 받은 토큰은 모두 바로 끝납니다.</Trans>
        </li>
        <li>
          <Trans>동의와 검수 기록은 법에 따라 남습니다.</Trans>
        </li>
      </ul>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Field
          id="delete-name"
          label={t`확인을 위해 이름을 입력해 주세요`}
          hint={client.name}
          error={wrong ? t`이름이 다릅니다. 위에 있는 그대로 입력해 주세요.` : undefined}
        >
          {(field) => (
            <input
              type="text"
              autoComplete="off"
              value={typed}
              onChange={(event) => {
                setTyped(event.target.value);
                setWrong(false);
              }}
              {...field}
            />
          )}
        </Field>
      </form>
      {remove.error === null ? null : <Failed error={remove.error} />}
    </Dialog>
  );
}
