import { useEffect, useState } from 'react';
import { Field } from '../../ui/field.tsx';
import { useSettled } from '../client-form/use-problems.ts';

const PAUSE_MS = 300;

interface SearchFieldProps {
  readonly label: string;
  readonly value: string;
  readonly maxLength: number;
  readonly onSearch: (text: string) => void;
}

/** Searches when typing pauses. */
export function SearchField({ label, value, maxLength, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  const settled = useSettled(text, PAUSE_MS);
  // A new function is no new search.
  useEffect(() => {
    if (settled !== value) onSearch(settled);
  }, [settled]);
  return (
    <Field label={label} long>
      {(field) => (
        <input
          type="search"
          autoComplete="off"
          maxLength={maxLength}
          value={text}
          onChange={(event) => setText(event.target.value)}
          {...field}
        />
      )}
    </Field>
  );
}
