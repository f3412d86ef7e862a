import { useEffect, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { FormValues } from './model.ts';
import { type FormProblem, formProblems } from './problems.ts';

const PAUSE_MS = 700;

/** The value as it was when it last stood still for a moment. */
export function useSettled<Value>(value: Value, pause = PAUSE_MS): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}

const at = (tree: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>(
      (node, key) => (typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : undefined),
      tree,
    );

/** Anything true in what react-hook-form keeps for a field or for a group of them. */
const anyTrue = (node: unknown): boolean =>
  node === true || (typeof node === 'object' && node !== null && Object.values(node).some(anyTrue));

/**
 * The problems to be shown: all of them once saving was tried; before that, those of fields that were left, or that the
 * person changed and then stopped typing in.
 */
export function useShownProblems(
  form: UseFormReturn<FormValues>,
  values: FormValues,
  tried: boolean,
): { all: readonly FormProblem[]; shown: readonly FormProblem[] } {
  const { touchedFields, dirtyFields } = form.formState;
  const settled = useSettled(values);
  const all = formProblems(values);
  if (tried) return { all, shown: all };
  const stood = formProblems(settled);
  const shown = all.filter((problem) => {
    if (anyTrue(at(touchedFields, problem.at))) return true;
    const still = stood.some((other) => other.at === problem.at && other.problem === problem.problem);
    return still && anyTrue(at(dirtyFields, problem.at));
  });
  return { all, shown };
}
