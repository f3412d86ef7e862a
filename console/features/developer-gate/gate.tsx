import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Outlet } from 'react-router';
import { rememberCsrf } from '../../api/call.ts';
import { api } from '../../api/client.ts';
import { SESSION_KEY, useIs } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { FieldError } from '../../ui/field.tsx';
import { PageHead } from '../../ui/page.tsx';
import { Failed, Loaded } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

/** Developers pass; everybody else is shown the terms that make one. */
export function DeveloperGate() {
  return useIs('developer') ? <Outlet /> : <Agreement />;
}

function Agreement() {
  const { t, i18n } = useLingui();
  const id = useId();
  const say = useToast();
  const queries = useQueryClient();
  const terms = useQuery({ queryKey: ['developer-terms', i18n.locale], queryFn: api.readDeveloperTerms });
  const [agreed, setAgreed] = useState(false);
  const [missing, setMissing] = useState(false);
  const agree = useMutation({
    mutationFn: (version: string) => api.agreeToDeveloperTerms({ version }),
    onSuccess: (session) => {
      rememberCsrf(session.csrf);
      queries.setQueryData(SESSION_KEY, session);
      say(t`개발자로 등록했습니다.`);
    },
  });
  return (
    <>
      <PageHead
        title={t`개발자 되기`}
        lead={t`내가 만든 앱에 로그인을 붙이고 검수를 요청할 수 있습니다. 아래 약관을 읽고 동의해 주세요.`}
      />
      <Loaded query={terms}>
        {({ version, terms: points, agree: words }) => (
          <form
            className="card form"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              setMissing(!agreed);
              if (agreed) agree.mutate(version);
            }}
          >
            <h2>
              <Trans>개발자 약관</Trans>
            </h2>
            <ol className="facts">
              {points.map(({ title, text }) => (
                <li key={title} className="stack-point">
                  <strong>{title}</strong>
                  <p className="soft">{text}</p>
                </li>
              ))}
            </ol>
            <label className="tick">
              <input
                type="checkbox"
                checked={agreed}
                aria-invalid={missing}
                aria-describedby={missing ? id : undefined}
                onChange={(event) => {
                  setAgreed(event.target.checked);
                  setMissing(false);
                }}
              />
              <strong>{words}</strong>
            </label>
            <FieldError id={id} error={missing ? t`개발자로 등록하려면 약관에 동의해 주세요.` : undefined} />
            {agree.error === null ? null : <Failed error={agree.error} />}
            <div className="form-foot">
              <Button type="submit" look="main" busy={agree.isPending}>
                <Trans>동의하고 개발자 되기</Trans>
              </Button>
            </div>
          </form>
        )}
      </Loaded>
    </>
  );
}
