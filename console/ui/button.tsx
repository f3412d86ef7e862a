import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps } from 'react-aria-components/Button';
import { Link, type LinkProps } from 'react-router';
import { Icon } from './icon.tsx';

export type ButtonLook = 'plain' | 'main' | 'danger' | 'quiet';

interface Look {
  readonly look?: ButtonLook;
  readonly small?: boolean;
  readonly children: ReactNode;
}

const classOf = ({ look = 'plain', small = false }: Look): string =>
  `button${look === 'plain' ? '' : ` ${look}`}${small ? ' small' : ''}`;

/** Does something. While `busy` it stays focused and does nothing more. */
export function Button({
  look,
  small,
  busy = false,
  children,
  ...rest
}: Omit<ButtonProps, 'children' | 'className' | 'style'> & Look & { readonly busy?: boolean }) {
  return (
    <AriaButton
      {...rest}
      isPending={busy}
      className={classOf({ look: look ?? 'plain', small: small ?? false, children })}
    >
      {busy ? <Icon name="turn" tone="spinner" /> : null}
      {children}
    </AriaButton>
  );
}

/** Goes somewhere, and looks like a button. */
export function ButtonLink({
  look,
  small,
  children,
  ...rest
}: Omit<LinkProps, 'children' | 'className' | 'style'> & Look) {
  return (
    <Link {...rest} className={classOf({ look: look ?? 'plain', small: small ?? false, children })}>
      {children}
    </Link>
  );
}
