import type { ReactNode } from 'react';

/** Said before anything else. `alarm` is read aloud when it appears. */
export function Callout({
  tone,
  title,
  children,
}: {
  tone: 'note' | 'caution' | 'alarm' | 'good';
  title: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={`callout ${tone}`} role={tone === 'alarm' ? 'alert' : undefined}>
      <strong>{title}</strong>
      {children}
    </div>
  );
}
