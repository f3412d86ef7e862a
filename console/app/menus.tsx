import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { Link, NavLink, useLocation } from 'react-router';
import { clientsQuery } from '../api/queries.ts';
import { useIs, useSession } from './session.tsx';

const OPERATOR_PATHS = ['/review', '/operator'];

const useInOperatorPart = (): boolean => {
  const { pathname } = useLocation();
  return OPERATOR_PATHS.some((path) => pathname.startsWith(path));
};

export function TopMenu() {
  const isOperator = useIs('operator');
  const inOperatorPart = useInOperatorPart();
  return (
    <>
      <Link to="/clients" aria-current={inOperatorPart ? undefined : 'true'}>
        OAuth Clients
      </Link>
      {isOperator ? (
        <Link to="/review" aria-current={inOperatorPart ? 'true' : undefined}>
          <Trans>운영</Trans>
        </Link>
      ) : null}
    </>
  );
}

export const SideMenu = () => (useInOperatorPart() ? <OperatorMenu /> : <DeveloperMenu />);

function DeveloperMenu() {
  const { t } = useLingui();
  const isDeveloper = useIs('developer');
  const { unreadNotices } = useSession();
  const clients = useQuery({ ...clientsQuery, enabled: isDeveloper }).data?.items ?? [];
  return (
    <nav className="side-menu" aria-label="OAuth Clients">
      <NavLink to="/clients" end>
        <Trans>내 클라이언트</Trans>
      </NavLink>
      {clients.length === 0 ? null : (
        <ul aria-label={t`내 클라이언트`}>
          {clients.map(({ id, name }) => (
            <li key={id}>
              <NavLink to={`/clients/${id}`}>
                <span>{name}</span>
              </NavLink>
            </li>
          ))}
        </ul>
      )}
      <NavLink to="/clients/new">
        <Trans>클라이언트 등록</Trans>
      </NavLink>
      <NavLink to="/messages">
        <Trans>알림</Trans>
        <Count value={unreadNotices} label={t`읽지 않음`} />
      </NavLink>
    </nav>
  );
}

function OperatorMenu() {
  const { t } = useLingui();
  const { waitingReviews } = useSession();
  return (
    <nav className="side-menu" aria-label={t`운영`}>
      <NavLink to="/review">
        <Trans>검수</Trans>
        <Count value={waitingReviews ?? 0} label={t`기다리는 검수`} />
      </NavLink>
      <NavLink to="/operator/clients">
        <Trans>클라이언트 찾기</Trans>
      </NavLink>
      <NavLink to="/operator/users">
        <Trans>회원 관리</Trans>
      </NavLink>
      <NavLink to="/operator/audit">
        <Trans>감사 기록</Trans>
      </NavLink>
    </nav>
  );
}

function Count({ value, label }: { value: number; label: string }) {
  if (value === 0) return null;
  return (
    <span className="count">
      <span className="unseen">{label} </span>
      {value > 99 ? '99+' : value}
    </span>
  );
}
