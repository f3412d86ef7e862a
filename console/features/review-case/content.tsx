import type { ClientContent } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { TYPE_WORDS } from '../client-form/words.ts';

/** The whole content, for reading; what is written about each scope stands with its verdict. */
export function Content({ content }: { content: ClientContent }) {
  const { i18n, t } = useLingui();
  return (
    <dl className="facts">
      <div>
        <dt>NAME</dt>
        <dd>{content.name}</dd>
      </div>
      <div>
        <dt>DESCRIPTION</dt>
        <dd className="keep-lines">{content.description === '' ? <Trans>없음</Trans> : content.description}</dd>
      </div>
      <div>
        <dt>API SCOPE</dt>
        <dd>
          <ul className="asked">
            {content.scopes.map((one) => (
              <li key={one.scope}>
                <span className={`tag${one.scope === 'HEALTH' ? ' strong' : ''}`}>{one.scope}</span>{' '}
                <span className="small soft">{one.level === 'OPTIONAL' ? t`선택` : t`필수`}</span>
                <span className="block small">
                  {one.purpose === '' ? <Trans>이용 목적을 적지 않음</Trans> : one.purpose}
                </span>
              </li>
            ))}
          </ul>
        </dd>
      </div>
      <div>
        <dt>AUTH METHODS</dt>
        <dd className="tags">
          {content.methods.map((method) => (
            <span className={`tag${method === 'IMPLICIT' ? ' strong' : ''}`} key={method}>
              {method}
            </span>
          ))}
        </dd>
      </div>
      <div>
        <dt>WEB SERVER REDIRECT URL</dt>
        <dd className="mono">
          {content.redirectUris.map((uri) => (
            <span className="block" key={uri}>
              {uri}
            </span>
          ))}
        </dd>
      </div>
      <div>
        <dt>
          <Trans>애플리케이션 유형</Trans>
        </dt>
        <dd>
          {i18n._(TYPE_WORDS[content.type].name)}
          {content.requirePkce ? <span className="soft"> · {t`PKCE 필수`}</span> : null}
        </dd>
      </div>
    </dl>
  );
}
