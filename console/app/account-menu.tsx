import { Trans, useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Icon } from '../ui/icon.tsx';
import { useSession } from './session.tsx';

/** Who is logged in, their own pages, and the way out: a plain form post, like on the server's own pages. */
export function AccountMenu() {
  const { t } = useLingui();
  const { user, csrf } = useSession();
  const logout = useRef<HTMLFormElement>(null);
  return (
    <>
      <MenuTrigger>
        <Button className="top-button" aria-label={t`계정: ${user.name}`}>
          <span className="account-icon">
            <Icon name="person" />
          </span>
          <span className="account-name">{user.name}</span>
          <Icon name="down" />
        </Button>
        <Popover className="popover" placement="bottom end">
          <p className="menu-about">
            <strong>{user.name}</strong>
            <br />
            <span className="soft">
              {user.userId} · {user.email}
            </span>
          </p>
          <Menu aria-label={t`계정`}>
            <MenuItem className="menu-item" href="/account">
              <Trans>내 정보</Trans>
            </MenuItem>
            <MenuItem className="menu-item" onAction={() => logout.current?.requestSubmit()}>
              <Trans>로그아웃</Trans>
            </MenuItem>
          </Menu>
        </Popover>
      </MenuTrigger>
      <form ref={logout} method="post" action="/logout" hidden>
        <input type="hidden" name="csrf" value={csrf} />
      </form>
    </>
  );
}
