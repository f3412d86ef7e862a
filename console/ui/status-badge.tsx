import type { ClientStatus } from '../api/contracts.ts';
import { useLingui } from '@lingui/react/macro';
import { Icon } from './icon.tsx';

/** The contract's own word, its shape, and what it means in the reader's language. */
export function StatusBadge({ status, changePending = false }: { status: ClientStatus; changePending?: boolean }) {
  const { t } = useLingui();
  const words: Record<ClientStatus, string> = {
    PENDING: t`검수 중`,
    ACTIVE: t`사용 중`,
    REJECTED: t`반려됨`,
    SUSPENDED: t`이용 정지`,
  };
  return (
    <span className="status">
      <span className={`badge ${status}`}>
        <Icon name={status} />
        {status}
      </span>
      {words[status].toUpperCase() === status ? null : <span className="status-word">{words[status]}</span>}
      {changePending ? (
        <span className="badge amber">
          <Icon name="PENDING" />
          {t`변경 검수 중`}
        </span>
      ) : null}
    </span>
  );
}
