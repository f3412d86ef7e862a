import { LIMITS } from '../../api/contracts.ts';
import { useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { CancelButton, Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { Failed } from '../../ui/states.tsx';

interface ReasonDialogProps<Answer> {
  readonly title: string;
  readonly button: string;
  readonly danger: boolean;
  readonly send: (reason: string) => Promise<Answer>;
  readonly onDone: (answer: Answer) => void;
  readonly onClose: () => void;
  /** What will happen, and to whom. */
  readonly children: ReactNode;
}

/** An operator's deed that needs a reason; whoever it concerns will read it. */
export function ReasonDialog<Answer>({
  title,
  button,
  danger,
  send,
  onDone,
  onClose,
  children,
}: ReasonDialogProps<Answer>) {
  const { t } = useLingui();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const deed = useMutation({ mutationFn: () => send(reason.trim()), onSuccess: onDone });
  const submit = (): void => {
    setMissing(reason.trim() === '');
    if (reason.trim() !== '') deed.mutate();
  };
  return (
    <Dialog
      open
      role="alertdialog"
      title={title}
      onClose={onClose}
      foot={
        <>
          <CancelButton onPress={onClose} />
          <Button look={danger ? 'danger' : 'main'} id="reason-send" busy={deed.isPending} onPress={submit}>
            {button}
          </Button>
        </>
      }
    >
      {children}
      <Field
        id="reason"
        label={t`이유`}
        needed
        hint={t`당사자에게 보이고 감사 기록에 남습니다.`}
        error={missing ? t`이유를 적어 주세요.` : undefined}
      >
        {(field) => (
          <textarea
            rows={3}
            maxLength={LIMITS.reason}
            value={reason}
            onChange={(event) => {
              setReason(event.target.value);
              setMissing(false);
            }}
            {...field}
          />
        )}
      </Field>
      {deed.error === null ? null : <Failed error={deed.error} />}
    </Dialog>
  );
}
