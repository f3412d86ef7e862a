import type { ClientDetail } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { NavLink, Outlet, useLocation, useOutletContext, useParams } from 'react-router';
import { clientQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { PageHead } from '../../ui/page.tsx';
import { Loaded } from '../../ui/states.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { SecretsDialog } from '../secrets/dialog.tsx';
import { forgetShown, shownOnce } from '../secrets/shown-once.ts';

/** The client that the tabs are about. */
export const useClient = (): ClientDetail => useOutletContext<ClientDetail>();

/** A client's page: name, status, ID, `SHOW CLIENT ID & SECRET`, and its tabs. */
export function Page() {
  const { id = '' } = useParams();
  const query = useQuery(clientQuery(id));
  return (
    <Loaded query={query} key={id}>
      {(client) => (
        <>
          <Head client={client} />
          <Tabs client={client} />
          <Outlet context={client} />
        </>
      )}
    </Loaded>
  );
}

function Head({ client }: { client: ClientDetail }) {
  const { t } = useLingui();
  const { pathname } = useLocation();
  const tab = pathname.endsWith('/settings') ? t`설정` : pathname.endsWith('/review') ? t`검수` : t`개요`;
  const [made] = useState(() => shownOnce(client.id));
  const [open, setOpen] = useState(made !== null);
  const close = (): void => {
    forgetShown(client.id);
    setOpen(false);
  };
  return (
    <>
      <PageHead
        title={client.name}
        windowTitle={`${client.name} · ${tab}`}
        lead={
          <span className="client-line">
            <StatusBadge status={client.status} changePending={client.pending !== null} />
            <span className="copyable">
              <span className="mono small">
                <span className="soft">ID</span> {client.id}
              </span>
              <CopyButton value={client.id} what={t`클라이언트 ID를`} />
            </span>
          </span>
        }
      >
        <Button look="main" id="show-secret" onPress={() => setOpen(true)}>
          SHOW CLIENT ID & SECRET
        </Button>
      </PageHead>
      {open ? <SecretsDialog client={client} made={shownOnce(client.id)} onClose={close} /> : null}
    </>
  );
}

function Tabs({ client }: { client: ClientDetail }) {
  const base = `/clients/${client.id}`;
  const { t } = useLingui();
  return (
    <nav className="tabs" aria-label={client.name}>
      <NavLink to={base} end>
        <Trans>개요</Trans>
      </NavLink>
      <NavLink to={`${base}/settings`}>
        <Trans>설정</Trans>
      </NavLink>
      <NavLink to={`${base}/review`}>
        <Trans>검수</Trans>
        {client.pending !== null || client.status === 'REJECTED' ? (
          <span className="dot" role="img" aria-label={t`확인할 것이 있습니다`} />
        ) : null}
      </NavLink>
    </nav>
  );
}
