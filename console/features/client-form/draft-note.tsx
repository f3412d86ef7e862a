import { Trans, useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';

/** Says that the form does not begin where it usually does. */
export function DraftNote({ shown, onStartOver }: { shown: boolean; onStartOver: () => void }) {
  const { t } = useLingui();
  if (!shown) return null;
  return (
    <div className="form draft-note">
      <Callout tone="note" title={t`저장하지 않은 내용을 되살렸습니다.`}>
        <div className="buttons">
          <Button small onPress={onStartOver}>
            <Trans>지우고 처음부터</Trans>
          </Button>
        </div>
      </Callout>
    </div>
  );
}
