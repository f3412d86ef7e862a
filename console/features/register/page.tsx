import type { ClientContent } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useWatch } from 'react-hook-form';
import { useNavigate } from 'react-router';
import { api } from '../../api/client.ts';
import { clientQuery, clientsQuery } from '../../api/queries.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { PageHead } from '../../ui/page.tsx';
import { useToast } from '../../ui/toast.tsx';
import { DraftNote } from '../client-form/draft-note.tsx';
import { ClientForm } from '../client-form/form.tsx';
import { emptyForm, type FormValues, toContent } from '../client-form/model.ts';
import { useDraftForm } from '../client-form/use-draft-form.ts';
import { ConsentPreview } from '../consent-preview/preview.tsx';
import { keepForOnce } from '../secrets/shown-once.ts';

/** 클라이언트 등록. */
export function Page() {
  const { t } = useLingui();
  const say = useToast();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [empty] = useState(emptyForm);
  const { form, restored, startOver, settle } = useDraftForm('register', empty);
  const values = useWatch({ control: form.control }) as FormValues;
  const register = useMutation({
    mutationFn: (content: ClientContent) => api.registerClient(content),
    onSuccess: ({ client, secret }) => {
      settle(emptyForm());
      if (secret !== null) keepForOnce(client.id, secret);
      queries.setQueryData(clientQuery(client.id).queryKey, client);
      void queries.invalidateQueries({ queryKey: clientsQuery.queryKey, exact: true });
      say(t`등록했습니다.`);
      void navigate(`/clients/${client.id}`);
    },
  });
  return (
    <>
      <PageHead
        title={t`클라이언트 등록`}
        lead={t`등록하면 바로 PENDING 상태가 되고 검수가 시작됩니다. 승인되기 전에는 내 계정으로만 로그인할 수 있습니다.`}
      />
      <DraftNote shown={restored} onStartOver={startOver} />
      <div className="beside">
        <ClientForm
          form={form}
          error={register.error}
          onSave={(content) => register.mutate(content)}
          foot={
            <>
              <Button type="submit" look="main" id="register" busy={register.isPending}>
                <Trans>등록</Trans>
              </Button>
              <ButtonLink to="/clients" look="quiet">
                <Trans>취소</Trans>
              </ButtonLink>
            </>
          }
        />
        <div className="beside-preview">
          <ConsentPreview content={toContent(values)} />
        </div>
      </div>
    </>
  );
}
