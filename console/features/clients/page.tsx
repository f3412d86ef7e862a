import type { ClientSummary } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { clientsQuery } from '../../api/queries.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHead } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';

/** 내 클라이언트. */
export function Page() {
  const { t } = useLingui();
  const clients = useQuery(clientsQuery);
  const any = (clients.data?.items.length ?? 0) > 0;
  return (
    <>
      <PageHead
        title={t`내 클라이언트`}
        lead={t`클라이언트 하나가 로그인을 붙일 앱이나 서비스 하나입니다. 승인되면 모든 회원이 로그인할 수 있습니다.`}
      >
        {any ? (
          <ButtonLink to="/clients/new" look="main">
            <Icon name="plus" />
            <Trans>클라이언트 등록</Trans>
          </ButtonLink>
        ) : null}
      </PageHead>
      <Loaded query={clients}>{({ items }) => (items.length === 0 ? <NoClients /> : <Rows items={items} />)}</Loaded>
    </>
  );
}

function Rows({ items }: { items: readonly ClientSummary[] }) {
  const { t } = useLingui();
  return (
    <Table label={t`내 클라이언트`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>이름</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>설명</Trans>
          </th>
          <th scope="col">
            <Trans>상태</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>마지막 사용</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((client) => (
          <tr key={client.id}>
            <th scope="row">
              <Link className="row-link" to={`/clients/${client.id}`}>
                {client.name}
              </Link>
              <span className="only-narrow soft small">{client.description}</span>
            </th>
            <td className="wide-only clip soft">{client.description}</td>
            <td>
              <StatusBadge status={client.status} changePending={client.changePending} />
            </td>
            <td className="wide-only soft">
              {client.lastUsedAt === null ? <Trans>아직 없음</Trans> : <Time at={client.lastUsedAt} />}
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function NoClients() {
  const { t } = useLingui();
  return (
    <Empty
      title={t`아직 등록한 클라이언트가 없습니다`}
      action={
        <ButtonLink to="/clients/new" look="main">
          <Trans>클라이언트 등록</Trans>
        </ButtonLink>
      }
    >
      <p>
        <Trans>앱 하나를 등록하면 ID와 시크릿을 받고, 검수가 끝나기 전에도 내 계정으로 시험할 수 있습니다.</Trans>
      </p>
      <ol className="steps">
        <li>
          <strong>
            <Trans>등록합니다</Trans>
          </strong>
          <span>
            <Trans>이름, 요청할 정보, 로그인 뒤 돌아올 주소를 적습니다.</Trans>
          </span>
        </li>
        <li>
          <strong>
            <Trans>시험합니다</Trans>
          </strong>
          <span>
            <Trans>예제 코드를 붙여 내 계정으로 로그인해 봅니다.</Trans>
          </span>
        </li>
        <li>
          <strong>
            <Trans>승인을 기다립니다</Trans>
          </strong>
          <span>
            <Trans>등록하면 검수가 바로 시작됩니다. 결과는 알림과 이메일로 알립니다.</Trans>
          </span>
        </li>
      </ol>
    </Empty>
  );
}
