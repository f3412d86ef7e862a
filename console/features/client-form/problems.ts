import { contentProblems, type FieldProblem, type ScopeName, SCOPES } from '../../api/contracts.ts';
import { type FormValues, toContent } from './model.ts';

/** Where in the form a problem stands, and which one; the words come from `problem-text.ts`. */
export interface FormProblem {
  readonly at:
    | 'name'
    | 'description'
    | 'scopes'
    | 'methods'
    | 'redirectUris'
    | `redirectUris.${number}`
    | `scopes.${ScopeName}`;
  readonly problem: string;
}

/** Everything wrong with the form as it stands, in the form's order. */
export const formProblems = (values: FormValues): FormProblem[] => placed(values, contentProblems(toContent(values)));

/** Finds the place of each problem, ours or the server's: URLs and scopes are named by their value. */
export function placed(
  values: FormValues,
  problems: readonly Pick<FieldProblem, 'field' | 'problem' | 'value'>[],
): FormProblem[] {
  const found = problems.flatMap(({ field, problem, value }): FormProblem[] => {
    if (field === 'redirectUris') return rows(values, problem, value);
    if (field === 'purpose')
      return SCOPES.filter((scope) => scope === value).map((scope) => ({ at: `scopes.${scope}`, problem }));
    if (field === 'name' || field === 'description' || field === 'scopes' || field === 'methods')
      return [{ at: field, problem }];
    return [];
  });
  return found.filter((one, index) => found.findIndex((other) => other.at === one.at) === index);
}

function rows(values: FormValues, problem: string, value: string | undefined): FormProblem[] {
  const written = values.redirectUris.map((row) => row.value.trim());
  if (problem === 'repeated') {
    return written.flatMap((uri, row) =>
      uri !== '' && written.indexOf(uri) < row ? [{ at: `redirectUris.${row}` as const, problem }] : [],
    );
  }
  if (value === undefined) return [{ at: 'redirectUris', problem }];
  return written.flatMap((uri, row) => (uri === value ? [{ at: `redirectUris.${row}` as const, problem }] : []));
}
