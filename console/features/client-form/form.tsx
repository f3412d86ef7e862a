import { type ClientContent, contentWarnings, LIMITS } from '../../api/contracts.ts';
import { useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { type UseFormReturn, useWatch } from 'react-hook-form';
import { ApiFailure } from '../../api/call.ts';
import { Field } from '../../ui/field.tsx';
import { Failed } from '../../ui/states.tsx';
import { anchorOf, ErrorSummary } from './error-summary.tsx';
import { MethodSection } from './method-section.tsx';
import { type FormValues, toContent } from './model.ts';
import { problemText } from './problem-text.ts';
import { type FormProblem, placed } from './problems.ts';
import { RedirectSection } from './redirect-section.tsx';
import { ScopeSection } from './scope-section.tsx';
import { TypeSection } from './type-section.tsx';
import { useShownProblems } from './use-problems.ts';

interface ClientFormProps {
  readonly form: UseFormReturn<FormValues>;
  readonly onSave: (content: ClientContent) => void;
  /** What the server said to the last save. */
  readonly error: unknown;
  /** Brings what is saved now; the draft stays. */
  readonly onReload?: () => void;
  /** A type is chosen once: what a client can keep secret does not change by a form. */
  readonly typeFixed?: boolean;
  readonly foot: ReactNode;
}

export type ProblemAt = (at: FormProblem['at']) => string | undefined;

/** The registration form, in the contract's order; also the form of the settings. */
export function ClientForm({ form, onSave, error, onReload, typeFixed = false, foot }: ClientFormProps) {
  const { i18n, t } = useLingui();
  const { register, control, handleSubmit } = form;
  const values = useWatch({ control }) as FormValues;
  const [tried, setTried] = useState(false);
  const summary = useRef<HTMLDivElement>(null);
  const ours = useShownProblems(form, values, tried);
  const theirs = useServerProblems(error, values);
  const shown = [...ours.shown, ...theirs.filter((one) => !ours.shown.some((other) => other.at === one.at))];
  const problemAt: ProblemAt = (at) => {
    const found = shown.find((one) => one.at === at);
    return found === undefined ? undefined : i18n._(problemText(found));
  };
  const warnings = contentWarnings(toContent(values));

  const save = handleSubmit((submitted) => {
    setTried(true);
    if (ours.all.length === 0) onSave(toContent(submitted));
    else requestAnimationFrame(() => summary.current?.focus());
  });

  const summarised = tried ? ours.all : theirs;
  return (
    <form className="form" noValidate onSubmit={(event) => void save(event)}>
      <ErrorSummary ref={summary} problems={summarised} />
      <section className="form-section">
        <Field
          id={anchorOf('name')}
          label="NAME"
          needed
          hint={t`로그인과 동의 화면에 이 이름이 나옵니다. 회원이 알아볼 앱 이름을 적어 주세요.`}
          error={problemAt('name')}
          counter={{ text: values.name, limit: LIMITS.name }}
        >
          {(field) => <input type="text" autoComplete="off" {...field} {...register('name')} />}
        </Field>
        <Field
          id={anchorOf('description')}
          label="DESCRIPTION"
          hint={t`무엇을 하는 앱인지 한두 문장으로 적어 주세요. 검수하는 사람이 먼저 읽습니다.`}
          error={problemAt('description')}
          counter={{ text: values.description, limit: LIMITS.description }}
        >
          {(field) => <textarea rows={3} {...field} {...register('description')} />}
        </Field>
      </section>
      <ScopeSection
        form={form}
        scopes={values.scopes}
        problemAt={problemAt}
        noProfile={warnings.includes('no-profile')}
      />
      <MethodSection
        form={form}
        methods={values.methods}
        problemAt={problemAt}
        noCode={warnings.includes('no-authorization-code')}
      />
      <RedirectSection form={form} type={values.type} problemAt={problemAt} />
      <TypeSection form={form} type={values.type} requirePkce={values.requirePkce} fixed={typeFixed} />
      <SaveFailure error={error} onReload={onReload} />
      <div className="form-foot">{foot}</div>
    </form>
  );
}

/** A refusal that names fields stands at the fields; anything else stands above the button. */
function SaveFailure({ error, onReload }: { error: unknown; onReload: (() => void) | undefined }) {
  if (error === null || (error instanceof ApiFailure && error.fields.length > 0)) return null;
  return (
    <div className="form-section">
      <Failed error={error} {...(onReload === undefined ? {} : { onReload })} />
    </div>
  );
}

/** The server's problems hold for what was sent; they go when the form changes. */
function useServerProblems(error: unknown, values: FormValues): readonly FormProblem[] {
  const [kept, setKept] = useState<{ error: unknown; values: FormValues } | null>(null);
  useEffect(() => {
    setKept((before) => (before?.error === error ? before : { error, values }));
  }, [error, values]);
  if (!(error instanceof ApiFailure) || kept?.error !== error || kept.values !== values) return [];
  return placed(values, error.fields);
}
