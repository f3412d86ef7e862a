import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation } from '@tanstack/react-query';
import { Button } from '../../ui/button.tsx';
import { CancelButton, Dialog } from '../../ui/dialog.tsx';
import { Failed } from '../../ui/states.tsx';

interface RollBackProps<Answer> {
  readonly version: number;
  readonly roll: (version: number) => Promise<Answer>;
  readonly onDone: (answer: Answer) => void;
  readonly onClose: () => void;
}

/** Asks once: it takes effect for every user at the same moment. */
export function RollBack<Answer>({ version, roll, onDone, onClose }: RollBackProps<Answer>) {
  const { t } = useLingui();
  const back = useMutation({ mutationFn: () => roll(version), onSuccess: onDone });
  return (
    <Dialog
      open
      role="alertdialog"
      title={t`버전 ${version} 내용으로 되돌리기`}
      onClose={onClose}
      foot={
        <>
          <CancelButton onPress={onClose} autoFocus />
          <Button look="main" busy={back.isPending} onPress={() => back.mutate()}>
            <Trans>되돌리기</Trans>
          </Button>
        </>
      }
    >
      <p>
        <Trans>
          전에 승인된 내용이라 검수 없이 바로 적용됩니다. 그 버전에 없는 URL과 API SCOPE는 바로 쓸 수 없게 됩니다.
        </Trans>
      </p>
      {back.error === null ? null : <Failed error={back.error} />}
    </Dialog>
  );
}
