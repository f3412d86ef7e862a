import type { DeveloperNotice } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { api } from '../../api/client.ts';
import { noticesQuery } from '../../api/queries.ts';
import { SESSION_KEY } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { PageHead } from '../../ui/page.tsx';
import { Empty, Loaded } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';

/** 알림: what was decided about the developer's clients; also sent by e-mail where the platform can. */
export function Page() {
  const { t } = useLingui();
  const notices = useQuery(noticesQuery);
  return (
    <>
      <PageHead title={t`알림`} lead={t`내 클라이언트에 대한 검수 결과와 운영자의 결정입니다.`} />
      <Loaded query={notices}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t`알림이 없습니다`}>
              <p>
                <Trans>검수 결과가 나오면 여기에 남습니다.</Trans>
              </p>
            </Empty>
          ) : (
            <ul className="notices">
              {items.map((notice) => (
                <Notice key={notice.id} notice={notice} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  );
}

const GOOD: ReadonlySet<DeveloperNotice['kind']> = new Set(['client-approved', 'change-approved', 'client-reinstated']);

function Notice({ notice }: { notice: DeveloperNotice }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const read = useMutation({
    mutationFn: () => api.readNotice(notice.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: noticesQuery.queryKey });
      await queries.invalidateQueries({ queryKey: SESSION_KEY });
    },
  });
  const words: Record<DeveloperNotice['kind'], string> = {
    'client-approved': t`승인되었습니다`,
    'client-rejected': t`반려되었습니다`,
    'change-approved': t`변경이 승인되었습니다`,
    'change-rejected': t`변경이 반려되었습니다`,
    'client-suspended': t`이용이 정지되었습니다`,
    'client-reinstated': t`이용 정지가 풀렸습니다`,
    'client-rolled-back': t`이전 버전으로 되돌렸습니다`,
  };
  const good = GOOD.has(notice.kind);
  return (
    <li className="card notice-item">
      <Icon name={good ? 'check' : 'warn'} tone={good ? 'good' : 'bad'} />
      <div className="notice-text">
        <h2 className="notice-title">
          <Link className="row-link" to={`/clients/${notice.clientId}/review`}>
            {notice.clientName}
          </Link>
          <span> · {words[notice.kind]}</span>
        </h2>
        <p className="small soft">
          <Time at={notice.at} />
        </p>
        {notice.reason === '' ? null : <p className="keep-lines">{notice.reason}</p>}
        {notice.refusedScopes.length === 0 ? null : (
          <ul className="refused">
            {notice.refusedScopes.map(({ scope, reason }) => (
              <li key={scope}>
                <code>{scope}</code> <Trans>승인하지 않음</Trans>
                {reason === '' ? null : ` · ${reason}`}
              </li>
            ))}
          </ul>
        )}
      </div>
      {notice.readAt === null ? (
        <Button small busy={read.isPending} onPress={() => read.mutate()}>
          <span>
            <Trans>읽음</Trans>
            <span className="unseen"> · {notice.clientName}</span>
          </span>
        </Button>
      ) : null}
    </li>
  );
}
