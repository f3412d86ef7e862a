import type { ClientDetail, Locale } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';
import { useSession } from '../../app/session.tsx';
import { Callout } from '../../ui/callout.tsx';
import { CopyButton } from '../../ui/copy.tsx';
import { type SampleInput, SAMPLES } from './samples/index.ts';

/** The first request, ready to paste, with this client's own values; never with its secret. */
export function FirstRequest({ client }: { client: ClientDetail }) {
  const { i18n, t } = useLingui();
  const { publicUrl } = useSession();
  const [redirectUri] = client.redirectUris;
  if (redirectUri === undefined || !client.methods.includes('AUTHORIZATION_CODE')) return null;
  const input: SampleInput = {
    locale: i18n.locale as Locale,
    base: publicUrl,
    clientId: client.id,
    redirectUri,
    scopes: client.scopes.map(({ scope }) => scope),
    type: client.type,
    pkce: client.requirePkce || client.type !== 'web',
  };
  return (
    <section className="card" aria-labelledby="first-title">
      <h2 id="first-title">
        <Trans>첫 요청</Trans>
      </h2>
      <p className="soft">
        <Trans>이 클라이언트의 값이 들어 있어 그대로 붙여 쓸 수 있습니다. 시크릿은 환경 변수로 넣습니다.</Trans>
      </p>
      <Tabs className="sample-tabs">
        <TabList className="tabs" aria-label={t`첫 요청`}>
          {SAMPLES.map(({ id, name }) => (
            <Tab key={id} id={id}>
              {name}
            </Tab>
          ))}
        </TabList>
        {SAMPLES.map((sample) => {
          const code = sample.code(input);
          const onDevice = sample.id === 'android' || sample.id === 'swift';
          return (
            <TabPanel key={sample.id} id={sample.id} className="tab-panel">
              {onDevice && client.type !== 'native' ? (
                <div className="sample-note">
                  <Callout tone="caution" title={t`앱에는 시크릿을 넣지 않습니다.`}>
                    <Trans>앱에서 바로 로그인하려면 모바일·데스크톱 앱 유형의 클라이언트를 따로 등록해 주세요.</Trans>
                  </Callout>
                </div>
              ) : null}
              <figure className="code">
                <figcaption className="code-head">
                  <span className="mono">{sample.file}</span>
                  <CopyButton value={code} what={t`예제 코드를`} />
                </figcaption>
                {/* What scrolls has to be reached by keyboard. */}
                <pre tabIndex={0}>
                  <code>{code}</code>
                </pre>
              </figure>
            </TabPanel>
          );
        })}
      </Tabs>
    </section>
  );
}
