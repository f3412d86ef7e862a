import { useEffect, useState } from 'react';
import { useForm, type UseFormReturn } from 'react-hook-form';
import { useSession } from '../../app/session.tsx';
import { createDrafts } from './draft.ts';
import { emptyForm, type FormValues } from './model.ts';

const drafts = createDrafts(sessionStorage, emptyForm);

interface DraftForm {
  readonly form: UseFormReturn<FormValues>;
  /** The form began with what was left in this tab. */
  readonly restored: boolean;
  /** Forgets the draft, and begins from `saved`. */
  readonly startOver: () => void;
  /** The form was saved: `now` is what it begins from from here on. */
  readonly settle: (now: FormValues) => void;
}

/** A form that survives the end of the session: every change is kept in this tab until it is saved. */
export function useDraftForm(name: string, saved: FormValues): DraftForm {
  // Of this person: another one may log in to the same tab when a session has ended.
  const key = `${useSession().user.userMuid}:${name}`;
  const [kept] = useState(() => drafts.read(key));
  const [restored, setRestored] = useState(kept !== null);
  const form = useForm<FormValues>({
    defaultValues: saved,
    ...(kept === null ? {} : { values: kept, resetOptions: { keepDefaultValues: true } }),
  });
  const { reset, subscribe } = form;
  useEffect(
    () => subscribe({ formState: { values: true }, callback: ({ values }) => drafts.write(key, values) }),
    [subscribe, key],
  );
  const begin = (values: FormValues): void => {
    reset(values);
    drafts.drop(key);
    setRestored(false);
  };
  return { form, restored, startOver: () => begin(saved), settle: begin };
}
