import type { ClientDetail } from '../../api/contracts.ts';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useSession } from '../../app/session.tsx';
import { Copyable } from '../../ui/copy.tsx';
import { Time } from '../../ui/time.tsx';
import { TYPE_WORDS } from '../client-form/words.ts';
import { FirstRequest } from './first-request.tsx';
import { NextStep } from './next-step.tsx';
import { useClient } from './page.tsx';

/** 개요: what to do next, what it is, and the first request. */
export function Page() {
  const client = useClient();
  return (
    <div className="stack">
      <NextStep client={client} />
      <Facts client={client} />
      <FirstRequest client={client} />
    </div>
  );
}

function Facts({ client }: { client: ClientDetail }) {
  const { i18n, t } = useLingui();
  const { publicUrl } = useSession();
  return (
    <section className="card" aria-labelledby="facts-title">
      <h2 id="facts-title">
        <Trans>클라이언트 정보</Trans>
      </h2>
      <dl className="facts">
        <div>
          <dt>DESCRIPTION</dt>
          <dd className="keep-lines">{client.description === '' ? <Trans>없음</Trans> : client.description}</dd>
        </div>
        <div>
          <dt>API SCOPE</dt>
          <dd className="tags">
            {client.scopes.map(({ scope, level }) => (
              <span className="tag" key={scope}>
                {scope}
                {level === 'OPTIONAL' ? ` · ${t`선택`}` : ''}
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>AUTH METHODS</dt>
          <dd className="tags">
            {client.methods.map((method) => (
              <span className="tag" key={method}>
                {method}
              </span>
            ))}
          </dd>
        </div>
        <div>
          <dt>WEB SERVER REDIRECT URL</dt>
          <dd>
            {client.redirectUris.map((uri) => (
              <Copyable key={uri} value={uri} what={t`URL을`} />
            ))}
          </dd>
        </div>
        <div>
          <dt>
            <Trans>애플리케이션 유형</Trans>
          </dt>
          <dd>
            {i18n._(TYPE_WORDS[client.type].name)}
            {client.requirePkce ? <span className="soft"> · {t`PKCE 필수`}</span> : null}
          </dd>
        </div>
        <div>
          <dt>
            <Trans>인가 서버</Trans>
          </dt>
          <dd>
            <Copyable value={publicUrl} what={t`인가 서버 주소를`} />
          </dd>
        </div>
        <div>
          <dt>
            <Trans>연결한 회원</Trans>
          </dt>
          <dd>
            <Plural value={client.connectedUsers} other="#명" />
          </dd>
        </div>
        <div>
          <dt>
            <Trans>등록한 날</Trans>
          </dt>
          <dd>
            <Time at={client.createdAt} />
          </dd>
        </div>
      </dl>
    </section>
  );
}
