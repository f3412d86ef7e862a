import type { ReviewCase } from '../../api/contracts.ts';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { caseQuery, queueQuery } from '../../api/queries.ts';
import { SESSION_KEY } from '../../app/session.tsx';
import { Callout } from '../../ui/callout.tsx';
import { Copyable } from '../../ui/copy.tsx';
import { PageHead } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Time } from '../../ui/time.tsx';
import { ConsentPreview } from '../consent-preview/preview.tsx';
import { Differences } from '../differences/differences.tsx';
import { contentOf } from '../client/content-of.ts';
import { CaseHistory } from './case-history.tsx';
import { Content } from './content.tsx';
import { DecisionForm } from './decision.tsx';
import { StandingActions } from './standing.tsx';

/** One client as its reviewer sees it: who asks, for what, what differs, and the decision. */
export function Page() {
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const query = useQuery(caseQuery(id));
  const onDecided = (now: ReviewCase): void => {
    queries.setQueryData(caseQuery(id).queryKey, now);
    void queries.invalidateQueries({ queryKey: queueQuery.queryKey });
    void queries.invalidateQueries({ queryKey: SESSION_KEY });
  };
  return (
    <Loaded query={query} key={id}>
      {(theCase) => <Case theCase={theCase} onDecided={onDecided} />}
    </Loaded>
  );
}

export interface CaseProps {
  readonly theCase: ReviewCase;
  readonly onDecided: (now: ReviewCase) => void;
}

function Case({ theCase, onDecided }: CaseProps) {
  const { t } = useLingui();
  const { client, proposed, differences, live } = theCase;
  const content = proposed?.content ?? contentOf(client);
  return (
    <>
      <PageHead
        title={content.name}
        lead={
          <span className="client-line">
            <StatusBadge status={client.status} changePending={client.pending !== null} />
            <Copyable value={client.id} what={t`클라이언트 ID를`} />
          </span>
        }
      >
        <StandingActions theCase={theCase} onDecided={onDecided} />
      </PageHead>
      {theCase.own ? (
        <div className="draft-note">
          <Callout tone="caution" title={t`직접 등록한 클라이언트라 결정할 수 없습니다.`}>
            <Trans>다른 운영자가 검수해야 합니다.</Trans>
          </Callout>
        </div>
      ) : null}
      <div className="review-columns">
        <div className="stack">
          {proposed !== null && live !== null ? (
            <section className="card" aria-labelledby="diff-title">
              <h2 id="diff-title">
                <Trans>바뀌는 내용</Trans>
              </h2>
              <Differences items={differences} />
            </section>
          ) : null}
          <section className="card" aria-labelledby="content-title">
            <h2 id="content-title">{proposed === null ? <Trans>지금 내용</Trans> : <Trans>제출한 내용</Trans>}</h2>
            <Content content={content} />
          </section>
          {proposed !== null && !theCase.own ? (
            <DecisionForm key={proposed.contentHash} theCase={theCase} proposed={proposed} onDecided={onDecided} />
          ) : null}
          <CaseHistory theCase={theCase} onDecided={onDecided} />
        </div>
        <div className="stack">
          <Asker theCase={theCase} />
          <ConsentPreview content={content} client={client.id} />
        </div>
      </div>
    </>
  );
}

function Asker({ theCase }: { theCase: ReviewCase }) {
  const { asker, client } = theCase;
  return (
    <section className="card asker" aria-labelledby="asker-title">
      <h2 id="asker-title">
        <Trans>등록한 사람</Trans>
      </h2>
      <p>
        <strong>{asker.name}</strong> <span className="soft">({asker.userId})</span>
      </p>
      <p className="small">{asker.email}</p>
      <p className="small soft">
        <Trans>
          가입 <Time at={asker.joinedAt} style="day" /> · 클라이언트 {asker.clients}개
        </Trans>
      </p>
      <p className="small soft">
        <Plural value={client.connectedUsers} other="연결한 회원 #명" />
      </p>
    </section>
  );
}
