import { type ClientContent, type ClientDetail, differencesBetween, onlyNarrows } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useWatch } from 'react-hook-form';
import { api } from '../../api/client.ts';
import { clientQuery } from '../../api/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Callout } from '../../ui/callout.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DraftNote } from '../client-form/draft-note.tsx';
import { ClientForm } from '../client-form/form.tsx';
import { type FormValues, toContent, toForm } from '../client-form/model.ts';
import { useDraftForm } from '../client-form/use-draft-form.ts';
import { ConsentPreview } from '../consent-preview/preview.tsx';
import { contentOf } from './content-of.ts';
import { DeleteClient } from './delete.tsx';
import { useClient } from './page.tsx';

/** 설정: the same form; what is edited is the waiting change, if there is one. */
export function Page() {
  const client = useClient();
  const { t } = useLingui();
  if (client.status === 'SUSPENDED') {
    return (
      <div className="stack">
        <Callout tone="caution" title={t`이용이 정지된 동안에는 설정을 바꿀 수 없습니다.`} />
        <DeleteClient client={client} />
      </div>
    );
  }
  return <Edit client={client} key={client.pending?.contentHash ?? client.contentHash} />;
}

function Edit({ client }: { client: ClientDetail }) {
  const { t } = useLingui();
  const say = useToast();
  const queries = useQueryClient();
  const from = client.pending?.content ?? contentOf(client);
  const saved = toForm(from);
  const { form, restored, startOver, settle } = useDraftForm(client.id, saved);
  const values = useWatch({ control: form.control }) as FormValues;
  const content = toContent(values);
  const changes = differencesBetween(from, content).length;
  const save = useMutation({
    mutationFn: (edited: ClientContent) =>
      api.editClient(client.id, { content: edited, seen: client.pending?.contentHash ?? client.contentHash }),
    onSuccess: (now) => {
      settle(toForm(now.pending?.content ?? contentOf(now)));
      queries.setQueryData(clientQuery(client.id).queryKey, now);
      void queries.invalidateQueries({ queryKey: ['clients'] });
      say(
        now.status !== 'ACTIVE' || now.pending !== null
          ? t`저장하고 검수를 요청했습니다.`
          : t`저장했습니다. 바로 적용됩니다.`,
      );
    },
  });
  return (
    <>
      <DraftNote shown={restored} onStartOver={startOver} />
      {client.pending === null ? null : (
        <div className="form draft-note">
          <Callout tone="caution" title={t`검수 중인 변경을 고치고 있습니다.`}>
            <Trans>저장하면 새 내용으로 다시 검수합니다. 승인된 내용은 그대로 동작합니다.</Trans>
          </Callout>
        </div>
      )}
      <div className="beside">
        <div>
          <ClientForm
            form={form}
            error={save.error}
            onReload={() => void queries.invalidateQueries({ queryKey: ['clients', client.id] })}
            typeFixed={client.liveVersion !== null}
            onSave={(edited) => save.mutate(edited)}
            foot={
              <>
                <Button type="submit" look="main" id="save" busy={save.isPending} isDisabled={changes === 0}>
                  <Trans>저장</Trans>
                </Button>
                <span className="soft" role="status">
                  {changes === 0 ? (
                    <Trans>바뀐 내용이 없습니다.</Trans>
                  ) : (
                    <WhatSavingDoes client={client} content={content} />
                  )}
                </span>
              </>
            }
          />
          <DeleteClient client={client} />
        </div>
        <div className="beside-preview">
          <ConsentPreview content={content} client={client.id} />
        </div>
      </div>
    </>
  );
}

/** Said before it is done: what goes live at once and what waits. */
function WhatSavingDoes({ client, content }: { client: ClientDetail; content: ClientContent }) {
  if (client.status === 'REJECTED') return <Trans>저장하면 다시 PENDING이 되고 검수합니다.</Trans>;
  if (client.status !== 'ACTIVE') return <Trans>저장하면 새 내용으로 검수합니다.</Trans>;
  if (client.pending === null && onlyNarrows(contentOf(client), content)) {
    return <Trans>줄이기만 하는 변경이라 저장하면 바로 적용됩니다.</Trans>;
  }
  return <Trans>저장하면 검수를 요청합니다. 승인될 때까지 지금 내용으로 동작합니다.</Trans>;
}
