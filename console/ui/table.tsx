import type { ReactNode } from 'react';

/** A table in its frame; on screens too narrow for it the frame scrolls, by keyboard too. */
export function Table({ label, dense = false, children }: { label: string; dense?: boolean; children: ReactNode }) {
  return (
    // What scrolls has to be reached by keyboard.
    <div className="table-wrap" role="region" aria-label={label} tabIndex={0}>
      <table className={dense ? 'entries' : undefined}>{children}</table>
    </div>
  );
}
