import type { ClientDetail, MadeSecret, Secret } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { ApiFailure } from '../../api/call.ts';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Copyable } from '../../ui/copy.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Failed, Waiting } from '../../ui/states.tsx';
import { NewSecretForm } from './new-secret.tsx';
import { PasswordForm } from './password.tsx';
import { SecretRow } from './secret-row.tsx';

type Step = 'list' | 'new';

interface SecretsDialogProps {
  readonly client: ClientDetail;
  /** A secret that was made just now and is shown once. */
  readonly made: MadeSecret | null;
  readonly onClose: () => void;
}

/** `Client ID & Secret`. Values are read when it opens, live in this component alone, and are gone when it closes. */
export function SecretsDialog({ client, made, onClose }: SecretsDialogProps) {
  const { t } = useLingui();
  const [step, setStep] = useState<Step>('list');
  const [fresh, setFresh] = useState<MadeSecret | null>(made);
  const isPublic = client.type === 'spa';
  const show = useMutation({
    mutationFn: (password: string | undefined) =>
      api.showSecrets(client.id, password === undefined ? {} : { password }),
  });
  const { mutate } = show;
  useEffect(() => {
    if (!isPublic) mutate(undefined);
  }, [mutate, isPublic]);
  const locked = asksForPassword(show.error);
  const reload = (): void => show.mutate(undefined);

  return (
    <Dialog
      title="Client ID & Secret"
      open
      wide
      onClose={onClose}
      foot={
        <>
          {step === 'list' && show.data !== undefined ? (
            <Button onPress={() => setStep('new')}>
              <Trans>새 시크릿 만들기</Trans>
            </Button>
          ) : null}
          <Button look={step === 'new' || locked ? 'plain' : 'main'} onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <dl>
        <dt>
          <strong>Client ID</strong>
        </dt>
        <dd id="client-id">
          <Copyable value={client.id} what={t`클라이언트 ID를`} />
        </dd>
      </dl>
      {isPublic ? (
        <p className="soft">
          <Trans>브라우저 앱은 시크릿을 숨길 수 없어 시크릿이 없습니다. 대신 PKCE로 자신을 증명합니다.</Trans>
        </p>
      ) : locked ? (
        <PasswordForm error={show.error} busy={show.isPending} onPassword={(password) => show.mutate(password)} />
      ) : show.error !== null ? (
        <Failed error={show.error} onRetry={reload} />
      ) : show.data === undefined ? (
        <Waiting />
      ) : step === 'new' ? (
        <NewSecretForm
          client={client}
          hasOthers={show.data.items.length > 0}
          onDone={(secret) => {
            setFresh(secret);
            setStep('list');
            reload();
          }}
          onCancel={() => setStep('list')}
          onLocked={reload}
        />
      ) : (
        <Secrets client={client} items={show.data.items} fresh={fresh} onEnded={reload} />
      )}
    </Dialog>
  );
}

const asksForPassword = (error: unknown): boolean =>
  error instanceof ApiFailure && (error.code === 'login_again' || error.code === 'wrong_password');

interface SecretsProps {
  readonly client: ClientDetail;
  readonly items: readonly Secret[];
  readonly fresh: MadeSecret | null;
  readonly onEnded: () => void;
}

function Secrets({ client, items, fresh, onEnded }: SecretsProps) {
  const { t } = useLingui();
  const hidden = items.some(({ id, value }) => value === null && id !== fresh?.id);
  return (
    <>
      {fresh !== null && items.some(({ id, value }) => id === fresh.id && value === null) ? (
        <Callout tone="caution" title={t`시크릿은 지금 한 번만 보여 줍니다.`}>
          <Trans>복사해서 안전한 곳에 두세요. 창을 닫으면 다시 볼 수 없고, 잃어버리면 새로 만들어야 합니다.</Trans>
        </Callout>
      ) : null}
      <ul>
        {items.map((secret) => (
          <SecretRow
            key={secret.id}
            client={client}
            secret={secret.id === fresh?.id ? { ...secret, value: fresh.value } : secret}
            isLast={items.length === 1}
            onEnded={onEnded}
          />
        ))}
      </ul>
      {items.length === 0 ? (
        <p className="soft">
          <Trans>살아 있는 시크릿이 없습니다. 새로 만들어야 서버에서 토큰을 받을 수 있습니다.</Trans>
        </p>
      ) : null}
      <p className="small soft">
        {hidden ? (
          <Trans>이 서비스는 시크릿을 만들 때 한 번만 보여 줍니다.</Trans>
        ) : (
          <Trans>시크릿을 본 기록이 남습니다. 앱이나 공개된 코드에 넣지 말고, 새어 나갔다면 바로 바꾸세요.</Trans>
        )}
      </p>
    </>
  );
}
