import { lengthOf } from '../api/contracts.ts';
import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useId } from 'react';
import { Icon } from './icon.tsx';

export interface FieldFrame {
  /** Where links and tests find the control; made up where left out. */
  readonly id?: string;
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
  readonly needed?: boolean;
  readonly counter?: { readonly text: string; readonly limit: number };
  readonly long?: boolean;
  /** Gets what the control needs to be tied to its label, hint and error. */
  readonly children: (control: {
    id: string;
    'aria-describedby': string | undefined;
    'aria-invalid': boolean;
  }) => ReactNode;
}

/** Label, hint, control, counter and error, tied together for everybody. */
export function Field({ id: named, label, hint, error, needed = false, counter, long = false, children }: FieldFrame) {
  const { t } = useLingui();
  const madeUp = useId();
  const id = named ?? madeUp;
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(error === undefined ? [] : [`${id}-error`]),
  ].join(' ');
  return (
    <div className={`field${long ? ' long' : ''}`}>
      <div className="label-row">
        <label className="label" htmlFor={id}>
          {label}
          {needed ? <span className="needed">{t`필수`}</span> : null}
        </label>
        {counter === undefined ? null : <Counter {...counter} />}
      </div>
      {hint === undefined ? null : (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children({
        id,
        'aria-describedby': described === '' ? undefined : described,
        'aria-invalid': error !== undefined,
      })}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  if (error === undefined) return null;
  return (
    <p className="error" id={id}>
      <Icon name="warn" />
      <span>{error}</span>
    </p>
  );
}

/** Read aloud only near the end, so that typing is not talked over. */
function Counter({ text, limit }: { text: string; limit: number }) {
  const { t } = useLingui();
  const length = lengthOf(text);
  const left = limit - length;
  return (
    <>
      <span className={`counter${left < 0 ? ' over' : ''}`} aria-hidden="true">
        {length}/{limit}
      </span>
      <span className="unseen" role="status">
        {left < 0 ? t`${-left}자를 줄여야 합니다.` : left <= 10 && length > 0 ? t`${left}자 더 쓸 수 있습니다.` : ''}
      </span>
    </>
  );
}
