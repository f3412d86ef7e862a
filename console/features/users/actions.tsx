import type { FoundUser, Role } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { CancelButton, Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Failed } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ReasonDialog } from '../reason/dialog.tsx';

type Asked = { readonly what: 'suspend' | 'reinstate' } | { readonly what: 'grant' | 'revoke'; readonly role: Role };

/** What an operator can do about one user; nobody can shut themselves out. */
export function UserActions({ user }: { user: FoundUser }) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<Asked | null>(null);
  if (user.status === 'CLOSED') return null;
  if (user.self) {
    return (
      <span className="small soft">
        <Trans>내 계정</Trans>
      </span>
    );
  }
  const roleItem = (role: 'developer' | 'operator', give: string, take: string) =>
    user.roles.includes(role) ? (
      <MenuItem className="menu-item" onAction={() => setAsked({ what: 'revoke', role })}>
        {take}
      </MenuItem>
    ) : (
      <MenuItem className="menu-item" onAction={() => setAsked({ what: 'grant', role })}>
        {give}
      </MenuItem>
    );
  return (
    <>
      <MenuTrigger>
        <AriaButton className="button small" aria-label={t`${user.name} 작업`}>
          <Trans>작업</Trans>
          <Icon name="down" />
        </AriaButton>
        <Popover className="popover" placement="bottom end">
          <Menu aria-label={t`${user.name} 작업`}>
            {roleItem('developer', t`개발자 권한 주기`, t`개발자 권한 거두기`)}
            {roleItem('operator', t`운영자 권한 주기`, t`운영자 권한 거두기`)}
            {user.status === 'ACTIVE' ? (
              <MenuItem className="menu-item" onAction={() => setAsked({ what: 'suspend' })}>
                {t`정지하기`}
              </MenuItem>
            ) : (
              <MenuItem className="menu-item" onAction={() => setAsked({ what: 'reinstate' })}>
                {t`정지 풀기`}
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      {asked === null ? null : <Ask user={user} asked={asked} onClose={() => setAsked(null)} />}
    </>
  );
}

function Ask({ user, asked, onClose }: { user: FoundUser; asked: Asked; onClose: () => void }) {
  const { t } = useLingui();
  const say = useToast();
  const queries = useQueryClient();
  const done = (words: string): void => {
    void queries.invalidateQueries({ queryKey: ['users'] });
    onClose();
    say(words);
  };
  switch (asked.what) {
    case 'suspend':
      return (
        <ReasonDialog
          title={t`${user.name} 정지하기`}
          button={t`정지하기`}
          danger
          send={(reason) => api.suspendUser(user.userMuid, { reason })}
          onClose={onClose}
          onDone={() => done(t`이용을 정지했습니다.`)}
        >
          <p>
            <Trans>모든 기기에서 로그아웃되고, 연결된 앱의 토큰이 바로 끝납니다.</Trans>
          </p>
        </ReasonDialog>
      );
    case 'reinstate':
      return (
        <ReasonDialog
          title={t`${user.name} 정지 풀기`}
          button={t`정지 풀기`}
          danger={false}
          send={(reason) => api.reinstateUser(user.userMuid, { reason })}
          onClose={onClose}
          onDone={() => done(t`정지를 풀었습니다.`)}
        >
          <p>
            <Trans>다시 로그인할 수 있게 됩니다. 끝난 토큰은 되살아나지 않습니다.</Trans>
          </p>
        </ReasonDialog>
      );
    case 'grant':
    case 'revoke':
      return <RoleDialog user={user} role={asked.role} give={asked.what === 'grant'} onClose={onClose} onDone={done} />;
  }
}

interface RoleDialogProps {
  readonly user: FoundUser;
  readonly role: Role;
  readonly give: boolean;
  readonly onClose: () => void;
  readonly onDone: (words: string) => void;
}

function RoleDialog({ user, role, give, onClose, onDone }: RoleDialogProps) {
  const { t } = useLingui();
  const change = useMutation({
    mutationFn: () => (give ? api.grantRole(user.userMuid, role) : api.revokeRole(user.userMuid, role)),
    onSuccess: () => onDone(give ? t`권한을 주었습니다.` : t`권한을 거두었습니다.`),
  });
  const name = role === 'operator' ? t`운영자` : t`개발자`;
  return (
    <Dialog
      open
      role="alertdialog"
      title={give ? t`${user.name}: ${name} 권한 주기` : t`${user.name}: ${name} 권한 거두기`}
      onClose={onClose}
      foot={
        <>
          <CancelButton onPress={onClose} autoFocus />
          <Button look={give ? 'main' : 'danger'} busy={change.isPending} onPress={() => change.mutate()}>
            {give ? t`권한 주기` : t`권한 거두기`}
          </Button>
        </>
      }
    >
      <p>
        {role === 'operator' ? (
          give ? (
            <Trans>모든 클라이언트를 검수하고, 회원을 정지하고, 감사 기록을 볼 수 있게 됩니다.</Trans>
          ) : (
            <Trans>검수, 회원 관리, 감사 기록을 더 이상 쓸 수 없게 됩니다.</Trans>
          )
        ) : give ? (
          <Trans>클라이언트를 등록할 수 있게 됩니다.</Trans>
        ) : (
          <Trans>클라이언트를 등록하거나 고칠 수 없게 됩니다. 등록한 클라이언트는 그대로 동작합니다.</Trans>
        )}
      </p>
      {change.error === null ? null : <Failed error={change.error} />}
    </Dialog>
  );
}
