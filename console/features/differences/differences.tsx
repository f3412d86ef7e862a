import type { ClientType, ContentField, Difference } from '../../api/contracts.ts';
import { Trans, useLingui } from '@lingui/react/macro';
import { TYPE_WORDS } from '../client-form/words.ts';
import { FIELD_NAMES } from './field-names.ts';
import { listMarks, type Mark, textMarks } from './marks.ts';

const LISTS: ReadonlySet<ContentField> = new Set(['scopes', 'methods', 'redirectUris']);

/** Field by field: for lists what came and went, for everything else before and after. */
export function Differences({ items }: { items: readonly Difference[] }) {
  const { i18n } = useLingui();
  return (
    <dl className="diff">
      {items.map((difference) => (
        <div key={`${difference.field} ${difference.scope ?? ''}`} data-field={difference.field}>
          <dt>
            {difference.scope === null ? null : <code>{difference.scope} </code>}
            {i18n._(FIELD_NAMES[difference.field])}
          </dt>
          <dd>{LISTS.has(difference.field) ? <List difference={difference} /> : <Sides difference={difference} />}</dd>
        </div>
      ))}
    </dl>
  );
}

function List({ difference }: { difference: Difference }) {
  return (
    <ul>
      {listMarks(difference.before, difference.after).map((mark) => (
        <li key={mark.text} className="mono">
          <Marked mark={mark} alone />
        </li>
      ))}
    </ul>
  );
}

function Sides({ difference }: { difference: Difference }) {
  const worded = useWorded(difference.field);
  const marks = textMarks(worded(difference.before), worded(difference.after));
  return (
    <div className="diff-sides">
      <div className="diff-side">
        <span className="side-name">
          <Trans>지금</Trans>
        </span>
        <Text marks={marks.before} />
      </div>
      <div className="diff-side">
        <span className="side-name">
          <Trans>바뀌는 내용</Trans>
        </span>
        <Text marks={marks.after} />
      </div>
    </div>
  );
}

const Text = ({ marks }: { marks: readonly Mark[] }) => (
  <span className="keep-lines">
    {marks.length === 0 ? (
      <span className="soft">
        <Trans>비어 있음</Trans>
      </span>
    ) : (
      marks.map((mark, index) => <Marked key={`${index} ${mark.state}`} mark={mark} />)
    )}
  </span>
);

/** Struck out or underlined, and said in words for whoever does not see it. */
function Marked({ mark, alone = false }: { mark: Mark; alone?: boolean }) {
  const { t } = useLingui();
  if (mark.state === 'kept') return <span>{mark.text}</span>;
  const words = mark.state === 'added' ? t`추가` : t`빠짐`;
  const shown = alone ? `${mark.state === 'added' ? '+' : '−'} ${mark.text}` : mark.text;
  const inner = (
    <>
      <span className="unseen">{words} </span>
      {shown}
    </>
  );
  return mark.state === 'added' ? <ins>{inner}</ins> : <del>{inner}</del>;
}

/** Values that are words of the platform are shown in the reader's language. */
function useWorded(field: ContentField): (values: readonly string[]) => string {
  const { i18n, t } = useLingui();
  return ([value = '']) => {
    if (field === 'type' && value in TYPE_WORDS) return i18n._(TYPE_WORDS[value as ClientType].name);
    if (field === 'requirePkce') return value === 'true' ? t`켬` : t`끔`;
    if (field === 'level') return value === 'OPTIONAL' ? t`선택` : t`필수`;
    return value;
  };
}
