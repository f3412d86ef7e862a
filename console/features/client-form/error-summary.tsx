import { Plural, useLingui } from '@lingui/react/macro';
import type { Ref } from 'react';
import { problemText } from './problem-text.ts';
import type { FormProblem } from './problems.ts';

/** The element that a problem's link leads to. */
export const anchorOf = (at: FormProblem['at']): string => {
  const [field = '', part] = at.split('.', 2);
  if (field === 'redirectUris') return `redirect-${part ?? '0'}`;
  if (field === 'scopes') return part === undefined ? 'scopes' : `purpose-${part}`;
  return field;
};

/** What has to be corrected, each with the way to it; focused when saving was tried, so that it is read first. */
export function ErrorSummary({ problems, ref }: { problems: readonly FormProblem[]; ref: Ref<HTMLDivElement> }) {
  const { i18n } = useLingui();
  if (problems.length === 0) return null;
  return (
    <div className="callout alarm" ref={ref} tabIndex={-1} role="group">
      <strong>
        <Plural value={problems.length} other="#곳을 고쳐 주세요." />
      </strong>
      <ul>
        {problems.map((problem) => (
          <li key={problem.at}>
            <a
              href={`#${anchorOf(problem.at)}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(anchorOf(problem.at))?.focus();
              }}
            >
              {i18n._(problemText(problem))}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
