import type { ClientDetail, Secret } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Copyable } from '../../ui/copy.tsx';
import { Failed } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';

interface SecretRowProps {
  readonly client: ClientDetail;
  readonly secret: Secret;
  readonly isLast: boolean;
  readonly onEnded: () => void;
}

/** One secret: its value where it can be shown, what it is called, and how to end it. */
export function SecretRow({ client, secret, isLast, onEnded }: SecretRowProps) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const end = useMutation({ mutationFn: () => api.endSecret(client.id, secret.id), onSuccess: onEnded });
  return (
    <li className="secret">
      <div className="label-row">
        <strong>
          Client Secret <span className="soft">· {secret.name}</span>
        </strong>
        {asking ? null : (
          <Button look="quiet" small onPress={() => setAsking(true)} aria-label={t`${secret.name} 시크릿 폐기`}>
            <Trans>폐기</Trans>
          </Button>
        )}
      </div>
      <div className="secret-value">
        {secret.value === null ? (
          <span className="mono soft" role="img" aria-label={t`값을 다시 볼 수 없습니다`}>
            ••••••••••••••••••••••••••••••••
          </span>
        ) : (
          <Copyable value={secret.value} what={t`클라이언트 시크릿을`} />
        )}
      </div>
      <p className="small soft">
        <Trans>
          만든 날 <Time at={secret.createdAt} style="day" />
        </Trans>
        {' · '}
        {secret.lastUsedAt === null ? (
          <Trans>아직 쓰지 않음</Trans>
        ) : (
          <Trans>
            마지막 사용 <Time at={secret.lastUsedAt} />
          </Trans>
        )}
        {secret.expiresAt === null ? null : (
          <>
            {' · '}
            <strong>
              <Trans>
                <Time at={secret.expiresAt} />에 끝남
              </Trans>
            </strong>
          </>
        )}
      </p>
      {asking ? (
        <Callout tone="alarm" title={t`이 시크릿을 바로 끝냅니다.`}>
          <p>
            {isLast ? (
              <Trans>마지막 시크릿입니다. 새로 만들 때까지 서버에서 토큰을 받을 수 없습니다.</Trans>
            ) : (
              <Trans>이 시크릿을 쓰는 서버는 바로 토큰을 받지 못합니다. 되돌릴 수 없습니다.</Trans>
            )}
          </p>
          {end.error === null ? null : <Failed error={end.error} />}
          <div className="buttons">
            <Button small onPress={() => setAsking(false)} autoFocus>
              <Trans>그대로 두기</Trans>
            </Button>
            <Button small look="danger" busy={end.isPending} onPress={() => end.mutate()}>
              <Trans>폐기</Trans>
            </Button>
          </div>
        </Callout>
      ) : null}
    </li>
  );
}
