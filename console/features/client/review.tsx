import { type ClientDetail, differencesBetween } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { clientQuery, historyQuery } from '../../api/queries.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Failed, Loaded } from '../../ui/states.tsx';
import { Time } from '../../ui/time.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Differences } from '../differences/differences.tsx';
import { RollBack } from '../history/roll-back.tsx';
import { Timeline } from '../history/timeline.tsx';
import { contentOf } from './content-of.ts';
import { useClient } from './page.tsx';

/** 검수: what waits, what changes by it, and everything that happened. */
export function Page() {
  const client = useClient();
  return (
    <div className="stack">
      <Standing client={client} />
      {client.pending === null ? null : <Waiting client={client} pending={client.pending} />}
      <Verdicts client={client} />
      <History client={client} />
    </div>
  );
}

function Standing({ client }: { client: ClientDetail }) {
  const { t } = useLingui();
  const reason = client.lastDecision?.reason ?? '';
  switch (client.status) {
    case 'PENDING':
      return (
        <Callout tone="note" title={t`검수를 기다리고 있습니다.`}>
          <Trans>오래된 것부터 차례로 검수합니다. 지금 고치면 고친 내용으로 검수합니다.</Trans>
        </Callout>
      );
    case 'REJECTED':
      return (
        <Callout tone="alarm" title={t`반려되었습니다.`}>
          {reason === '' ? null : <p className="keep-lines">{reason}</p>}
          <div className="buttons">
            <ButtonLink small look="main" to={`/clients/${client.id}/settings`}>
              <Trans>고치러 가기</Trans>
            </ButtonLink>
          </div>
        </Callout>
      );
    case 'SUSPENDED':
      return (
        <Callout tone="alarm" title={t`이용이 정지되었습니다.`}>
          {reason === '' ? null : <p className="keep-lines">{reason}</p>}
        </Callout>
      );
    case 'ACTIVE':
      return (
        <Callout tone="good" title={t`버전 ${client.version} 내용이 승인되어 동작하고 있습니다.`}>
          {client.lastDecision === null ? null : <Time at={client.lastDecision.decidedAt} />}
        </Callout>
      );
  }
}

function Waiting({ client, pending }: { client: ClientDetail; pending: NonNullable<ClientDetail['pending']> }) {
  const { t } = useLingui();
  const say = useToast();
  const queries = useQueryClient();
  const withdraw = useMutation({
    mutationFn: () => api.withdrawChange(client.id),
    onSuccess: (now) => {
      queries.setQueryData(clientQuery(client.id).queryKey, now);
      void queries.invalidateQueries({ queryKey: ['clients'] });
      say(t`변경을 거두어들였습니다.`);
    },
  });
  return (
    <section className="card" aria-labelledby="waiting-title">
      <div className="card-head">
        <h2 id="waiting-title">
          <Trans>검수 중인 변경</Trans>
        </h2>
        <Button small busy={withdraw.isPending} onPress={() => withdraw.mutate()}>
          <Trans>거두어들이기</Trans>
        </Button>
      </div>
      <p className="soft">
        <Trans>
          <Time at={pending.submittedAt} />에 제출했습니다. 승인되면 아래 내용이 바뀝니다.
        </Trans>
      </p>
      {withdraw.error === null ? null : <Failed error={withdraw.error} />}
      <Differences items={differencesBetween(contentOf(client), pending.content)} />
    </section>
  );
}

function Verdicts({ client }: { client: ClientDetail }) {
  if (client.scopeVerdicts.length === 0) return null;
  return (
    <section className="card" aria-labelledby="verdicts-title">
      <h2 id="verdicts-title">
        <Trans>API SCOPE별 결과</Trans>
      </h2>
      <ul className="verdicts">
        {client.scopeVerdicts.map(({ scope, verdict, reason }) => (
          <li key={scope}>
            <div className="card-head">
              <code>{scope}</code>
              {verdict === 'APPROVED' ? (
                <span className="badge green">
                  <Trans>승인됨</Trans>
                </span>
              ) : (
                <span className="badge red">
                  <Trans>승인하지 않음</Trans>
                </span>
              )}
            </div>
            {reason === '' ? null : <p className="soft keep-lines">{reason}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ client }: { client: ClientDetail }) {
  const { t } = useLingui();
  const say = useToast();
  const queries = useQueryClient();
  const history = useQuery(historyQuery(client.id));
  const [backTo, setBackTo] = useState<number | null>(null);
  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">
        <Trans>기록</Trans>
      </h2>
      <Loaded query={history}>
        {({ items, approvedVersions }) => (
          <Timeline
            items={items}
            actions={(event) =>
              client.status === 'ACTIVE' && !event.live && approvedVersions.includes(event.version) ? (
                <div className="buttons">
                  <Button look="quiet" small onPress={() => setBackTo(event.version)}>
                    <Trans>이 버전으로 되돌리기</Trans>
                  </Button>
                </div>
              ) : null
            }
          />
        )}
      </Loaded>
      {backTo === null ? null : (
        <RollBack
          version={backTo}
          roll={(version) => api.rollBackClient(client.id, { version })}
          onClose={() => setBackTo(null)}
          onDone={(now) => {
            queries.setQueryData(clientQuery(client.id).queryKey, now);
            void queries.invalidateQueries({ queryKey: ['clients'] });
            setBackTo(null);
            say(t`버전 ${backTo} 내용으로 되돌렸습니다.`);
          }}
        />
      )}
    </section>
  );
}
