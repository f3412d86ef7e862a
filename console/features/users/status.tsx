import type { FoundUser } from '../../api/contracts.ts';
import { useLingui } from '@lingui/react/macro';
import { Icon } from '../../ui/icon.tsx';

export function UserStatusBadge({ status }: { status: FoundUser['status'] }) {
  const { t } = useLingui();
  if (status === 'ACTIVE') {
    return (
      <span className="badge green">
        <Icon name="ACTIVE" />
        {t`이용 중`}
      </span>
    );
  }
  if (status === 'SUSPENDED') {
    return (
      <span className="badge red">
        <Icon name="SUSPENDED" />
        {t`이용 정지`}
      </span>
    );
  }
  return (
    <span className="badge plain">
      <Icon name="REJECTED" />
      {t`탈퇴`}
    </span>
  );
}
