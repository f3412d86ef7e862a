import { type FoundUser, LIMITS } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { usersQuery } from '../../api/queries.ts';
import { PageHead } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { SearchForm } from '../search/field.tsx';
import { withParam } from '../search/params.ts';
import { UserActions } from './actions.tsx';
import { UserStatusBadge } from './status.tsx';

/** 회원: search, suspend, roles. */
export function Page() {
  const { t } = useLingui();
  const [params, setParams] = useSearchParams();
  const query = params.get('query') ?? '';
  const found = useQuery({ ...usersQuery(query === '' ? {} : { query }), placeholderData: keepPreviousData });
  return (
    <>
      <PageHead title={t`회원 관리`} lead={t`아이디, 이름, 이메일로 찾습니다. 찾아본 기록이 감사 기록에 남습니다.`} />
      <SearchForm
        label={t`찾을 말`}
        value={query}
        maxLength={LIMITS.query}
        onSearch={(text) => setParams(withParam(params, 'query', text), { replace: true })}
      />
      <Loaded query={found}>
        {({ items, more }) =>
          items.length === 0 ? (
            <Empty title={t`찾은 회원이 없습니다`}>
              <p>
                <Trans>아이디나 이메일의 앞부분으로 찾아보세요.</Trans>
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

function Rows({ items }: { items: readonly FoundUser[] }) {
  const { t } = useLingui();
  return (
    <Table label={t`회원 관리`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>회원</Trans>
          </th>
          <th scope="col">
            <Trans>상태</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>권한</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>가입</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>마지막 접속</Trans>
          </th>
          <th scope="col">
            <span className="unseen">{t`작업`}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((user) => (
          <tr key={user.userMuid}>
            <th scope="row">
              <strong>{user.name}</strong> <span className="soft">({user.userId})</span>
              <span className="block small soft">{user.email}</span>
            </th>
            <td>
              <UserStatusBadge status={user.status} />
            </td>
            <td className="wide-only">
              <Roles user={user} />
            </td>
            <td className="wide-only soft">
              <Time at={user.createdAt} style="day" />
            </td>
            <td className="wide-only soft">{user.lastSeenAt === null ? '–' : <Time at={user.lastSeenAt} />}</td>
            <td>
              <UserActions user={user} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Roles({ user }: { user: FoundUser }) {
  const { t } = useLingui();
  const words = [
    ...(user.roles.includes('operator') ? [t`운영자`] : []),
    ...(user.roles.includes('developer') ? [t`개발자`] : []),
  ];
  return words.length === 0 ? <span className="soft">{t`회원`}</span> : words.join(', ');
}
