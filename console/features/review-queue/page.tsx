import type { QueueItem } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { queueQuery } from '../../api/queries.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { PageHead } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { FIELD_NAMES } from '../differences/field-names.ts';

/** 검수: everything that waits, oldest first. */
export function Page() {
  const { t } = useLingui();
  const queue = useQuery({ ...queueQuery, refetchInterval: 60_000 });
  return (
    <>
      <PageHead title={t`검수`} lead={t`새로 등록한 클라이언트와 변경 요청입니다. 오래 기다린 것부터 보여 줍니다.`} />
      <Loaded query={queue}>{({ items }) => (items.length === 0 ? <NothingWaits /> : <Rows items={items} />)}</Loaded>
    </>
  );
}

function NothingWaits() {
  const { t } = useLingui();
  return (
    <Empty
      title={t`기다리는 검수가 없습니다`}
      action={
        <ButtonLink to="/operator/clients">
          <Trans>클라이언트 찾기</Trans>
        </ButtonLink>
      }
    >
      <p>
        <Trans>새 등록이나 변경 요청이 들어오면 여기에 나타납니다.</Trans>
      </p>
    </Empty>
  );
}

function Rows({ items }: { items: readonly QueueItem[] }) {
  const { i18n, t } = useLingui();
  const kinds: Record<QueueItem['kind'], string> = { new: t`새 등록`, again: t`다시 제출`, change: t`변경` };
  return (
    <Table label={t`검수`}>
      <thead>
        <tr>
          <th scope="col">
            <Trans>이름</Trans>
          </th>
          <th scope="col">
            <Trans>구분</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>요청하는 것</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>등록한 사람</Trans>
          </th>
          <th scope="col">
            <Trans>제출</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((item) => (
          <tr key={item.clientId}>
            <th scope="row">
              <Link className="row-link" to={`/review/${item.clientId}`}>
                {item.name}
              </Link>
              {item.own ? (
                <span className="block small soft">
                  <Trans>내가 등록해 직접 검수할 수 없음</Trans>
                </span>
              ) : null}
            </th>
            <td className="once">{kinds[item.kind]}</td>
            <td className="wide-only">
              {item.kind === 'change' ? (
                item.changed.map((field) => i18n._(FIELD_NAMES[field])).join(', ')
              ) : (
                <span className="tags">
                  {item.scopes.map((scope) => (
                    <span key={scope} className={`tag${scope === 'HEALTH' ? ' strong' : ''}`}>
                      {scope}
                    </span>
                  ))}
                </span>
              )}
            </td>
            <td className="wide-only">
              {item.asker.name} <span className="soft">({item.asker.userId})</span>
            </td>
            <td className="soft">
              <Time at={item.submittedAt} />
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
