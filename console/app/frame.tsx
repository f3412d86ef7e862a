import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Link, NavigationType, useLocation, useNavigationType } from 'react-router';
import { Icon } from '../ui/icon.tsx';
import { AccountMenu } from './account-menu.tsx';
import { chooseLocale } from './i18n.ts';
import { SideMenu, TopMenu } from './menus.tsx';
import { useBrand } from './session.tsx';

/** Top bar, side menu (a drawer on narrow screens), content. */
export function Frame({ children }: { children: ReactNode }) {
  const { t } = useLingui();
  const brand = useBrand();
  useTopOfPage();
  return (
    <>
      <a className="skip" href="#main">
        <Trans>본문으로 건너뛰기</Trans>
      </a>
      <header className="top">
        <Drawer />
        <Link className="brand" to="/">
          {brand.name}
        </Link>
        <nav className="top-menu" aria-label={t`주 메뉴`}>
          <TopMenu />
        </nav>
        <div className="top-right">
          {brand.docsUrl === null ? null : (
            <a className="top-button" href={brand.docsUrl}>
              <Trans>문서</Trans>
            </a>
          )}
          <LanguageButton />
          <AccountMenu />
        </div>
      </header>
      <div className="columns">
        <div className="side">
          <SideMenu />
        </div>
        <main id="main" className="content" tabIndex={-1}>
          {children}
        </main>
      </div>
    </>
  );
}

/** Another page begins at its top; going back finds the place where one was, as browsers do. */
function useTopOfPage(): void {
  const { pathname } = useLocation();
  const how = useNavigationType();
  useEffect(() => {
    if (how !== NavigationType.Pop) window.scrollTo(0, 0);
  }, [pathname, how]);
}

function LanguageButton() {
  const { i18n } = useLingui();
  const other = i18n.locale === 'ko' ? 'en' : 'ko';
  return (
    <AriaButton className="top-button" onPress={() => void chooseLocale(other)}>
      <span lang={other}>{other === 'ko' ? '한국어' : 'English'}</span>
    </AriaButton>
  );
}

function Drawer() {
  const { t } = useLingui();
  const brand = useBrand();
  const [open, setOpen] = useState(false);
  const { pathname } = useLocation();
  // Every new address closes it.
  useEffect(() => setOpen(false), [pathname]);
  return (
    <>
      <AriaButton className="top-button drawer-button" aria-label={t`메뉴 열기`} onPress={() => setOpen(true)}>
        <Icon name="menu" />
      </AriaButton>
      <ModalOverlay className="veil" isDismissable isOpen={open} onOpenChange={setOpen}>
        <Modal className="drawer">
          <Dialog>
            <div className="drawer-head">
              <Heading slot="title" level={2}>
                {brand.name}
              </Heading>
              <AriaButton className="top-button" aria-label={t`메뉴 닫기`} onPress={() => setOpen(false)}>
                <Icon name="close" />
              </AriaButton>
            </div>
            <nav className="top-menu" aria-label={t`주 메뉴`}>
              <TopMenu />
              {brand.docsUrl === null ? null : (
                <a href={brand.docsUrl}>
                  <Trans>문서</Trans>
                </a>
              )}
            </nav>
            <div className="side">
              <SideMenu />
            </div>
          </Dialog>
        </Modal>
      </ModalOverlay>
    </>
  );
}
