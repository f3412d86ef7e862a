import type { ClientDetail } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ButtonLink } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';

/** One thing to do next, by the client's state; what else is worth a word stands below it. */
export function NextStep({ client }: { client: ClientDetail }) {
  const { t } = useLingui();
  const refused = client.scopeVerdicts.filter(({ verdict }) => verdict === 'REFUSED');
  return (
    <>
      <Main client={client} />
      {client.pending !== null ? (
        <Callout tone="caution" title={t`변경한 내용이 검수 중입니다.`}>
          <Trans>승인될 때까지 지금 승인된 내용으로 동작합니다.</Trans>
          <Links>
            <ButtonLink small to="review">
              <Trans>무엇이 바뀌는지 보기</Trans>
            </ButtonLink>
          </Links>
        </Callout>
      ) : null}
      {client.status === 'ACTIVE' && refused.length > 0 ? (
        <Callout tone="caution" title={t`승인되지 않은 API SCOPE가 있습니다.`}>
          <ul>
            {refused.map(({ scope, reason }) => (
              <li key={scope}>
                <code>{scope}</code> · {reason}
              </li>
            ))}
          </ul>
        </Callout>
      ) : null}
      {client.methods.includes('IMPLICIT') && client.status === 'ACTIVE' && !client.allowances.includes('implicit') ? (
        <Callout tone="caution" title={t`IMPLICIT은 허용되지 않았습니다.`}>
          <Trans>response_type=token 요청은 거절됩니다. AUTHORIZATION_CODE를 써 주세요.</Trans>
        </Callout>
      ) : null}
      {client.warnings.includes('no-profile') ? (
        <Callout tone="caution" title={t`PROFILE 없이는 로그인에 쓸 수 없습니다.`}>
          <Trans>로그인한 사람이 누구인지 알려면 설정에서 PROFILE을 골라 주세요.</Trans>
        </Callout>
      ) : null}
    </>
  );
}

function Main({ client }: { client: ClientDetail }) {
  const { t } = useLingui();
  const reason = client.lastDecision?.reason ?? '';
  switch (client.status) {
    case 'PENDING':
      return (
        <Callout tone="note" title={t`다음 할 일: 내 계정으로 시험해 보세요.`}>
          <Trans>
            검수를 기다리는 동안에도 내 계정으로는 로그인할 수 있습니다. 아래 예제로 첫 요청을 보내 보세요. 결과가
            나오면 알림과 이메일로 알립니다.
          </Trans>
        </Callout>
      );
    case 'REJECTED':
      return (
        <Callout tone="alarm" title={t`반려되었습니다. 이유를 보고 고쳐서 저장하면 다시 검수합니다.`}>
          {reason === '' ? null : <p className="keep-lines">{reason}</p>}
          <Links>
            <ButtonLink small to="settings" look="main">
              <Trans>고치러 가기</Trans>
            </ButtonLink>
            <ButtonLink small to="review">
              <Trans>검수 기록 보기</Trans>
            </ButtonLink>
          </Links>
        </Callout>
      );
    case 'SUSPENDED':
      return (
        <Callout tone="alarm" title={t`이용이 정지되었습니다. 아무도 이 클라이언트로 로그인할 수 없습니다.`}>
          {reason === '' ? null : <p className="keep-lines">{reason}</p>}
          <p>
            <Trans>정지를 풀려면 운영자에게 문의해 주세요.</Trans>
          </p>
        </Callout>
      );
    case 'ACTIVE':
      return client.connectedUsers === 0 ? (
        <Callout tone="good" title={t`승인되었습니다. 모든 회원이 로그인할 수 있습니다.`}>
          <Trans>아래 예제로 첫 요청을 보내 보세요. 서버에 필요한 값은 SHOW CLIENT ID & SECRET에 있습니다.</Trans>
        </Callout>
      ) : null;
  }
}

const Links = ({ children }: { children: ReactNode }) => <div className="buttons">{children}</div>;
