import type { ClientContent, ConsentPreview as Answer, Locale } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { Button } from '../../ui/button.tsx';
import { Loaded } from '../../ui/states.tsx';
import { useSettled } from '../client-form/use-problems.ts';
import { PREVIEW_WORDS, type PreviewWords } from './words.ts';

const PAUSE_MS = 400;

/** What a user would see, as it stands; asked of the server, which writes the real page. */
export function ConsentPreview({ content, client }: { content: ClientContent; client?: string }) {
  const { i18n } = useLingui();
  const [chosen, setChosen] = useState<Locale | null>(null);
  const locale = chosen ?? (i18n.locale as Locale);
  const other: Locale = locale === 'ko' ? 'en' : 'ko';
  // The text is compared, not the object: a form makes a new object with every key.
  const text = useSettled(JSON.stringify(content), PAUSE_MS);
  const preview = useQuery({
    queryKey: ['consent-preview', client ?? null, locale, text],
    queryFn: () =>
      api.previewConsent({
        content: JSON.parse(text) as ClientContent,
        locale,
        ...(client === undefined ? {} : { client }),
      }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
  return (
    <section aria-labelledby="preview-title">
      <div className="preview-head">
        <h2 id="preview-title">
          <Trans>동의 화면 미리보기</Trans>
        </h2>
        <Button look="quiet" small onPress={() => setChosen(other)}>
          <span lang={other}>{other === 'ko' ? '한국어로 보기' : 'Show in English'}</span>
        </Button>
      </div>
      <Loaded query={preview}>
        {(answer) => (
          // A region that scrolls has to be reached by keyboard.
          <div className="preview" lang={answer.locale} tabIndex={0} role="group" aria-labelledby="preview-title">
            <Page answer={answer} words={PREVIEW_WORDS[answer.locale]} />
          </div>
        )}
      </Loaded>
    </section>
  );
}

function Page({ answer, words }: { answer: Answer; words: PreviewWords }) {
  const health = answer.notices.filter(({ sensitive }) => sensitive);
  const others = answer.notices.filter(({ sensitive }) => !sensitive);
  return (
    <>
      <h3>
        {words.heading.before}
        {answer.clientName === '' ? words.noName : answer.clientName}
        {words.heading.after}
      </h3>
      <p className="lead">{words.lead}</p>
      <dl className="preview-facts">
        <div>
          <dt>{words.madeBy}</dt>
          <dd>{answer.recipient}</dd>
        </div>
        {answer.destination === null ? null : (
          <div>
            <dt>{words.goesTo}</dt>
            <dd>
              <strong className="mono">{answer.destination}</strong>
            </dd>
          </div>
        )}
      </dl>
      {others.map((notice) => (
        <div className="preview-scope" key={notice.scope}>
          <Notice notice={notice} answer={answer} words={words} />
          {notice.required ? (
            <p className="small soft">{words.requiredHow}</p>
          ) : (
            <p className="preview-box">{words.agreeScope}</p>
          )}
        </div>
      ))}
      {health.map((notice) => (
        <div className="preview-apart" key={notice.scope}>
          <strong>{words.healthHeading}</strong>
          <p className="small soft">{words.healthApart}</p>
          <div className="preview-scope apart">
            <Notice notice={notice} answer={answer} words={words} />
            <p className="small soft">{words.healthExpires(answer.healthDays)}</p>
            <p className="preview-box">{words.healthAgree}</p>
          </div>
        </div>
      ))}
      {answer.refreshes ? <p className="small soft preview-after">{words.whileAway}</p> : null}
      <div className="preview-decide" aria-hidden="true">
        <span>{words.deny}</span>
        <span className="main">{words.allow}</span>
      </div>
    </>
  );
}

function Notice({ notice, answer, words }: { notice: Answer['notices'][number]; answer: Answer; words: PreviewWords }) {
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
  return (
    <>
      <h4>
        <span className={`preview-level${notice.required ? ' required' : ''}`}>
          [{notice.required ? words.required : words.optional}]
        </span>{' '}
        {notice.allows}
      </h4>
      {notice.scope === 'DRIVE' ? <p>{words.driveChanges}</p> : null}
      <dl className="preview-five">
        <div>
          <dt>{words.recipient}</dt>
          <dd className="key">
            {notice.recipient}
            {answer.clientName === '' || answer.clientName === notice.recipient ? '' : ` (${answer.clientName})`}
          </dd>
        </div>
        <div>
          <dt>{words.purpose}</dt>
          <dd className="key">{notice.purpose}</dd>
        </div>
        <div>
          <dt>{words.items}</dt>
          <dd>{capital(notice.items.join(', '))}</dd>
        </div>
        <div>
          <dt>{words.retention}</dt>
          <dd className="key">{notice.retention}</dd>
        </div>
        <div>
          <dt>{words.refusal}</dt>
          <dd>
            {words.mayRefuse} {notice.refusalEffect}
          </dd>
        </div>
      </dl>
    </>
  );
}
