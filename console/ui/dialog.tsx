import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly open: boolean;
  readonly onClose: () => void;
  /** Danger is asked about in an alert dialog, which does not close by a click beside it. */
  readonly role?: 'dialog' | 'alertdialog';
  readonly wide?: boolean;
  readonly children: ReactNode;
  readonly foot: ReactNode;
}

/** A modal dialog: keeps the keyboard inside, closes by Escape, gives focus back. */
export function Dialog({ title, open, onClose, role = 'dialog', wide = false, children, foot }: DialogProps) {
  return (
    <ModalOverlay
      className="veil"
      isOpen={open}
      isDismissable={role === 'dialog'}
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <Modal className={`dialog${wide ? ' wide' : ''}`}>
        <AriaDialog role={role}>
          <Heading slot="title" level={2}>
            {title}
          </Heading>
          <div className="dialog-body">{children}</div>
          <div className="dialog-foot">{foot}</div>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

export function CancelButton({ onPress, autoFocus = false }: { onPress: () => void; autoFocus?: boolean }) {
  const { t } = useLingui();
  return (
    <Button onPress={onPress} autoFocus={autoFocus}>
      {t`취소`}
    </Button>
  );
}
