/** One value of a list, or one stretch of a text, and what became of it. */
export interface Mark {
  readonly text: string;
  readonly state: 'kept' | 'added' | 'removed';
}

/** Lists are compared by value; what is kept keeps the order of the newer list. */
export const listMarks = (before: readonly string[], after: readonly string[]): Mark[] => [
  ...after.map((text): Mark => ({ text, state: before.includes(text) ? 'kept' : 'added' })),
  ...before.filter((text) => !after.includes(text)).map((text): Mark => ({ text, state: 'removed' })),
];

/**
 * What differs in the middle of two texts, in whole characters as people see them: the common beginning and end are
 * kept. One stretch each way is enough to find a changed word or digit.
 */
export function textMarks(before: string, after: string): { before: Mark[]; after: Mark[] } {
  const was = graphemes(before);
  const is = graphemes(after);
  const shorter = Math.min(was.length, is.length);
  let start = 0;
  while (start < shorter && was[start] === is[start]) start++;
  let end = 0;
  while (end < shorter - start && was[was.length - 1 - end] === is[is.length - 1 - end]) end++;
  const side = (text: readonly string[], state: Mark['state']): Mark[] =>
    [
      { text: text.slice(0, start).join(''), state: 'kept' as const },
      { text: text.slice(start, text.length - end).join(''), state },
      { text: text.slice(text.length - end).join(''), state: 'kept' as const },
    ].filter((mark) => mark.text !== '');
  return { before: side(was, 'removed'), after: side(is, 'added') };
}

const segmenter = new Intl.Segmenter('ko', { granularity: 'grapheme' });
const graphemes = (text: string): string[] => [...segmenter.segment(text)].map(({ segment }) => segment);
