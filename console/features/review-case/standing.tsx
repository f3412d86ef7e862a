import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { ReasonDialog } from '../reason/dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import type { CaseProps } from './page.tsx';

/** Suspend an ACTIVE client, or lift its suspension. */
export function StandingActions({ theCase, onDecided }: CaseProps) {
  const { t } = useLingui();
  const say = useToast();
  const { client, own } = theCase;
  const [asking, setAsking] = useState(false);
  const suspending = client.status === 'ACTIVE';
  if (own || (client.status !== 'ACTIVE' && client.status !== 'SUSPENDED')) return null;
  return (
    <>
      <Button look={suspending ? 'danger' : 'plain'} onPress={() => setAsking(true)}>
        {suspending ? <Trans>정지하기</Trans> : <Trans>정지 풀기</Trans>}
      </Button>
      {asking ? (
        <ReasonDialog
          title={suspending ? t`${client.name} 정지하기` : t`${client.name} 정지 풀기`}
          danger={suspending}
          button={suspending ? t`정지하기` : t`정지 풀기`}
          send={(reason) =>
            suspending ? api.suspendClient(client.id, { reason }) : api.reinstateClient(client.id, { reason })
          }
          onClose={() => setAsking(false)}
          onDone={(now) => {
            onDecided(now);
            setAsking(false);
            say(suspending ? t`이용을 정지했습니다.` : t`정지를 풀었습니다.`);
          }}
        >
          {suspending ? (
            <p>
              {client.connectedUsers === 0 ? (
                <Trans>모든 토큰이 바로 끝나고, 아무도 이 앱에 로그인할 수 없게 됩니다.</Trans>
              ) : (
                <Plural
                  value={client.connectedUsers}
                  other="모든 토큰이 바로 끝나고, 연결한 회원 #명이 이 앱에 로그인할 수 없게 됩니다."
                />
              )}
            </p>
          ) : (
            <p>
              <Trans>다시 로그인할 수 있게 됩니다. 끝난 토큰은 되살아나지 않습니다.</Trans>
            </p>
          )}
        </ReasonDialog>
      ) : null}
    </>
  );
}
