import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Button } from '../../ui/button.tsx';
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
  return <SearchInput label={label} text={text} maxLength={maxLength} onChange={setText} />;
}

/** Searches when asked to: for what goes on record with every search. */
export function SearchForm({ label, value, maxLength, onSearch }: SearchFieldProps) {
  const [text, setText] = useState(value);
  return (
    <form
      className="filters"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(text.trim());
      }}
    >
      <SearchInput label={label} text={text} maxLength={maxLength} onChange={setText} />
      <Button type="submit">
        <Trans>찾기</Trans>
      </Button>
    </form>
  );
}

interface SearchInputProps {
  readonly label: string;
  readonly text: string;
  readonly maxLength: number;
  readonly onChange: (text: string) => void;
}

function SearchInput({ label, text, maxLength, onChange }: SearchInputProps) {
  return (
    <Field label={label} long>
      {(field) => (
        <input
          type="search"
          autoComplete="off"
          maxLength={maxLength}
          value={text}
          onChange={(event) => onChange(event.target.value)}
          {...field}
        />
      )}
    </Field>
  );
}
