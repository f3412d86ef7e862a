import { CLIENT_STATUSES, type ClientStatus, type FoundClient, LIMITS } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { foundClientsQuery } from '../../api/queries.ts';
import { Field } from '../../ui/field.tsx';
import { PageHead } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { SearchField } from '../search/field.tsx';
import { withParam } from '../search/params.ts';

/** 클라이언트 찾기: all clients of the platform. The search stands in the address, so it can be sent to a colleague. */
export function Page() {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const query = params.get('query') ?? '';
  const status = CLIENT_STATUSES.find((one) => one === params.get('status'));
  const found = useQuery({
    ...foundClientsQuery({ ...(query === '' ? {} : { query }), ...(status === undefined ? {} : { status }) }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title={t`클라이언트 찾기`} lead={t`이름, 클라이언트 ID, 등록한 사람으로 찾습니다.`} />
      <div className="filters" role="search">
        <SearchField
          label={t`찾을 말`}
          value={query}
          maxLength={LIMITS.query}
          onSearch={(text) => setParams(withParam(params, 'query', text), { replace: true })}
        />
        <Field label={t`상태`}>
          {(field) => (
            <select
              {...field}
              value={status ?? ''}
              onChange={(event) => setParams(withParam(params, 'status', event.target.value), { replace: true })}
            >
              <option value="">{t`모든 상태`}</option>
              {CLIENT_STATUSES.map((one: ClientStatus) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Loaded query={found}>
        {({ items, more }) =>
          items.length === 0 ? (
            <Empty title={t`찾은 클라이언트가 없습니다`}>
              <p>
                <Trans>다른 말로 찾거나 상태를 넓혀 보세요.</Trans>
              </p>
            </Empty>
          ) : (
            <>
              <Rows items={items} />
              {more ? (
                <p className="soft more">
                  <Trans>더 있습니다. 찾을 말을 더 자세히 적어 주세요.</Trans>
                </p>
              ) : null}
            </>
          )
        }
      </Loaded>
    </>
  );
}

function Rows({ items }: { items: readonly FoundClient[] }) {
  const { i18n, t } = useLingui();
  return (
    <Table label={t`클라이언트 찾기`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>이름</Trans>
          </th>
          <th scope="col">
            <Trans>상태</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>등록한 사람</Trans>
          </th>
          <th scope="col" className="wide-only number">
            <Trans>연결한 회원</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>마지막 변경</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((client) => (
          <tr key={client.id}>
            <th scope="row">
              <Link className="row-link" to={`/review/${client.id}`}>
                {client.name}
              </Link>
              <span className="block mono small soft">{client.id}</span>
            </th>
            <td>
              <StatusBadge status={client.status} changePending={client.changePending} />
            </td>
            <td className="wide-only">
              {client.owner.name} <span className="soft">({client.owner.userId})</span>
            </td>
            <td className="wide-only number">{client.connectedUsers.toLocaleString(i18n.locale)}</td>
            <td className="wide-only soft">
              <Time at={client.updatedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
