import type { HistoryEvent } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Icon } from '../../ui/icon.tsx';
import { Time } from '../../ui/time.tsx';
import { FIELD_NAMES } from '../differences/field-names.ts';

type VersionEvent = Extract<HistoryEvent, { kind: 'version' }>;
type DecisionEvent = Extract<HistoryEvent, { kind: 'decision' }>;

/** What was submitted and what was decided, newest first, with every reason that was given. */
export function Timeline({
  items,
  actions,
}: {
  items: readonly HistoryEvent[];
  actions?: (event: VersionEvent) => ReactNode;
}) {
  return (
    <ol className="timeline">
      {items.map((event) => (
        <li key={event.id}>
          {event.kind === 'version' ? <Version event={event} actions={actions?.(event)} /> : <Decision event={event} />}
        </li>
      ))}
    </ol>
  );
}

function Version({ event, actions }: { event: VersionEvent; actions: ReactNode }) {
  const { i18n, t } = useLingui();
  const states: Record<VersionEvent['state'], string> = {
    PENDING: t`검수를 기다립니다`,
    APPROVED: t`승인됨`,
    REJECTED: t`반려됨`,
    REPLACED: t`새 버전으로 바뀜`,
    WITHDRAWN: t`거두어들임`,
  };
  return (
    <>
      <Icon name={event.state === 'PENDING' ? 'PENDING' : 'ring'} tone={event.state === 'PENDING' ? 'wait' : ''} />
      <p className="what">
        {event.changed.length === 0 ? (
          <Trans>버전 {event.version} 제출</Trans>
        ) : (
          <Trans>버전 {event.version}: 변경 제출</Trans>
        )}{' '}
        {event.live ? (
          <span className="badge green">
            <Icon name="ACTIVE" />
            <Trans>지금 적용</Trans>
          </span>
        ) : null}
      </p>
      <p className="small soft">
        <Time at={event.at} /> · {states[event.state]}
        {event.changed.length === 0 ? null : (
          <> · {event.changed.map((field) => i18n._(FIELD_NAMES[field])).join(', ')}</>
        )}
      </p>
      {actions}
    </>
  );
}

function Decision({ event }: { event: DecisionEvent }) {
  const { t } = useLingui();
  const good = event.action === 'approve' || event.action === 'reinstate' || event.action === 'rollback';
  const words: Record<DecisionEvent['action'], string> = {
    approve: t`버전 ${event.version} 승인`,
    reject: t`버전 ${event.version} 반려`,
    suspend: t`이용 정지`,
    reinstate: t`이용 정지 풂`,
    rollback: t`버전 ${event.version} 내용으로 되돌림`,
  };
  const refused = event.scopeVerdicts.filter(({ verdict }) => verdict === 'REFUSED');
  return (
    <>
      <Icon name={good ? 'check' : 'close'} tone={good ? 'good' : 'bad'} />
      <p className="what">{words[event.action]}</p>
      <p className="small soft">
        <Time at={event.at} /> · {event.by === 'operator' ? <Trans>운영자</Trans> : <Trans>등록한 사람</Trans>}
      </p>
      {event.reason === '' ? null : <blockquote className="keep-lines">{event.reason}</blockquote>}
      {refused.length === 0 ? null : (
        <ul className="refused">
          {refused.map(({ scope, reason }) => (
            <li key={scope}>
              <code>{scope}</code> <Trans>승인하지 않음</Trans>
              {reason === '' ? null : ` · ${reason}`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
