import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';
import { RollBack } from '../history/roll-back.tsx';
import { Timeline } from '../history/timeline.tsx';
import type { CaseProps } from './page.tsx';

/** Everything that happened; an earlier approved version can be made live again. */
export function CaseHistory({ theCase, onDecided }: CaseProps) {
  const { t } = useLingui();
  const say = useToast();
  const [backTo, setBackTo] = useState<number | null>(null);
  const { client, own, approvedVersions, history } = theCase;
  const mayRollBack = client.status === 'ACTIVE' && !own;
  return (
    <section className="card" aria-labelledby="history-title">
      <h2 id="history-title">
        <Trans>기록</Trans>
      </h2>
      <Timeline
        items={history}
        actions={(event) =>
          mayRollBack && !event.live && approvedVersions.includes(event.version) ? (
            <div className="buttons">
              <Button look="quiet" small onPress={() => setBackTo(event.version)}>
                <Trans>이 버전으로 되돌리기</Trans>
              </Button>
            </div>
          ) : null
        }
      />
      {backTo === null ? null : (
        <RollBack
          version={backTo}
          roll={(version) => api.rollBackReviewed(client.id, { version })}
          onClose={() => setBackTo(null)}
          onDone={(now) => {
            onDecided(now);
            setBackTo(null);
            say(t`버전 ${backTo} 내용으로 되돌렸습니다.`);
          }}
        />
      )}
    </section>
  );
}
