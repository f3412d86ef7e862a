import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { ApiFailure } from '../api/call.ts';
import { failureText } from '../api/failure-text.ts';
import { Button } from './button.tsx';
import { Callout } from './callout.tsx';
import { Copyable } from './copy.tsx';

export function Waiting() {
  return (
    <p className="waiting" role="status">
      <Trans>불러오는 중입니다.</Trans>
    </p>
  );
}

const STALE: ReadonlySet<ApiFailure['code']> = new Set(['changed_meanwhile', 'conflict', 'not_in_this_status']);

/** What happened, what to do, and what to name when asking for help. */
export function Failed({
  error,
  onRetry,
  onReload,
}: {
  error: unknown;
  onRetry?: () => void;
  /** For what went wrong because the page is older than what it is about. */
  onReload?: () => void;
}) {
  const { i18n, t } = useLingui();
  const requestId = error instanceof ApiFailure ? error.requestId : null;
  return (
    <Callout tone="alarm" title={i18n._(failureText(error).title)}>
      <p>{i18n._(failureText(error).how)}</p>
      {requestId === null ? null : (
        <p className="small">
          <Trans>요청 번호</Trans> <Copyable value={requestId} what={t`요청 번호를`} />
        </p>
      )}
      {onReload !== undefined && error instanceof ApiFailure && STALE.has(error.code) ? (
        <div className="buttons">
          <Button small onPress={onReload}>
            <Trans>새로 불러오기</Trans>
          </Button>
        </div>
      ) : null}
      {onRetry === undefined ? null : (
        <div className="buttons">
          <Button small onPress={onRetry}>
            <Trans>다시 시도</Trans>
          </Button>
        </div>
      )}
    </Callout>
  );
}

interface QueryLike<Data> {
  readonly data: Data | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** Shows what has come, even if a later refresh fails; else the failure, else that it is on its way. */
export function Loaded<Data>({ query, children }: { query: QueryLike<Data>; children: (data: Data) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <Failed error={query.error} onRetry={() => void query.refetch()} />;
  return <Waiting />;
}

export function Empty({ title, children, action }: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <h2>{title}</h2>
      {children}
      {action === undefined ? null : <div className="buttons">{action}</div>}
    </div>
  );
}
