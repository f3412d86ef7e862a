import { type AuditEntry, LIMITS } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHead } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Table } from '../../ui/table.tsx';
import { Time } from '../../ui/time.tsx';
import { SearchField } from '../search/field.tsx';
import { withParam } from '../search/params.ts';
import { useActionName } from './actions.ts';
import { filterOf } from './filter.ts';

/** 감사 기록: filters in the address, older entries on demand, the same as CSV. */
export function Page() {
  const { t } = useLingui();
  const actionName = useActionName();
  const [params, setParams] = useSearchParams();
  const set = (name: string, value: string): void => setParams(withParam(params, name, value), { replace: true });
  const filter = filterOf(params);
  const log = useInfiniteQuery({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) => api.readAudit({ ...filter, ...(pageParam === null ? {} : { before: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const actions = log.data?.pages[0]?.actions ?? [];
  return (
    <>
      <PageHead
        title={t`감사 기록`}
        lead={t`누가, 언제, 어디서, 누구의 무엇을 했는지입니다. 고치거나 지울 수 없습니다.`}
      >
        <a className="button" href={api.exportAuditUrl(filter)} download>
          <Trans>CSV로 내려받기</Trans>
        </a>
      </PageHead>
      <div className="filters" role="search">
        <Field label={t`한 일`}>
          {(field) => (
            <select
              {...field}
              value={params.get('action') ?? ''}
              onChange={(event) => set('action', event.target.value)}
            >
              <option value="">{t`모두`}</option>
              {actions.map((action) => (
                <option key={action} value={action}>
                  {actionName(action)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <SearchField
          label={t`회원 (아이디)`}
          value={params.get('subject') ?? ''}
          maxLength={LIMITS.query}
          onSearch={(text) => set('subject', text)}
        />
        <SearchField
          label={t`클라이언트 ID`}
          value={params.get('client') ?? ''}
          maxLength={32}
          onSearch={(text) => set('client', text)}
        />
        <Field label={t`시작 날짜`}>
          {(field) => (
            <input
              type="date"
              {...field}
              value={params.get('from') ?? ''}
              onChange={(event) => set('from', event.target.value)}
            />
          )}
        </Field>
        <Field label={t`끝 날짜`}>
          {(field) => (
            <input
              type="date"
              {...field}
              value={params.get('to') ?? ''}
              onChange={(event) => set('to', event.target.value)}
            />
          )}
        </Field>
      </div>
      <Loaded query={log}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <Empty title={t`기록이 없습니다`}>
              <p>
                <Trans>조건을 줄이거나 날짜를 넓혀 보세요.</Trans>
              </p>
            </Empty>
          ) : (
            <>
              <Rows items={items} />
              {log.hasNextPage ? (
                <div className="more">
                  <Button busy={log.isFetchingNextPage} onPress={() => void log.fetchNextPage()}>
                    <Trans>이전 기록 더 보기</Trans>
                  </Button>
                </div>
              ) : (
                <p className="soft more">
                  <Trans>여기까지입니다.</Trans>
                </p>
              )}
            </>
          );
        }}
      </Loaded>
    </>
  );
}

function Rows({ items }: { items: readonly AuditEntry[] }) {
  const { t } = useLingui();
  return (
    <Table label={t`감사 기록`} dense>
      <thead>
        <tr>
          <th scope="col" className="wide-only">
            <Trans>시각</Trans>
          </th>
          <th scope="col">
            <Trans>한 일</Trans>
          </th>
          <th scope="col">
            <Trans>한 사람</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>대상</Trans>
          </th>
          <th scope="col" className="wide-only">
            <Trans>접속지</Trans>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </tbody>
    </Table>
  );
}

function Row({ entry }: { entry: AuditEntry }) {
  const { t } = useLingui();
  const actionName = useActionName();
  const kinds: Record<AuditEntry['actor']['kind'], string> = {
    user: t`회원`,
    operator: t`운영자`,
    client: t`클라이언트`,
    system: t`시스템`,
    nobody: t`로그인하지 않음`,
  };
  return (
    <tr>
      <td className="wide-only soft">
        <Time at={entry.at} />
      </td>
      <th scope="row">
        <strong>{actionName(entry.action)}</strong>
        {entry.outcome === 'refused' ? (
          <>
            {' '}
            <span className="badge red">
              <Icon name="REJECTED" />
              <Trans>거절</Trans>
            </span>
          </>
        ) : null}
        <code className="block soft">{entry.action}</code>
        {entry.reason === null ? null : <span className="block">{entry.reason}</span>}
        <span className="only-narrow soft">
          <Time at={entry.at} />
        </span>
      </th>
      <td>
        {entry.actor.name ?? entry.actor.id ?? ''}
        <span className="block soft">{kinds[entry.actor.kind]}</span>
        <span className="only-narrow">
          <About entry={entry} />
        </span>
      </td>
      <td className="wide-only">
        <About entry={entry} />
      </td>
      <td className="wide-only soft">
        <span className="mono">{entry.ip ?? '–'}</span>
        {entry.requestId === null ? null : <span className="block mono">{entry.requestId}</span>}
      </td>
    </tr>
  );
}

/** Whom and which client it concerned. */
function About({ entry }: { entry: AuditEntry }) {
  if (entry.subject === null && entry.client === null) return <span className="soft">–</span>;
  return (
    <>
      {entry.subject === null ? null : <span className="block">{entry.subject.name ?? entry.subject.id}</span>}
      {entry.client === null ? null : <span className="block">{entry.client.name ?? entry.client.id}</span>}
    </>
  );
}
