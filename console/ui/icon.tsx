import type { ReactNode } from 'react';

const stroke = {
  fill: 'none',
  stroke: 'currentColor',
  strokeWidth: 2,
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

const SHAPES = {
  menu: <path d="M4 7h16M4 12h16M4 17h16" {...stroke} />,
  close: <path d="M6 6l12 12M18 6L6 18" {...stroke} />,
  right: <path d="M9 5l7 7-7 7" {...stroke} />,
  down: <path d="M5 9l7 7 7-7" {...stroke} />,
  copy: <path d="M9 9h11v11H9zM5 15H4V4h11v1" {...stroke} />,
  check: <path d="M4 12.5l5.5 5.5L20 7" {...stroke} />,
  plus: <path d="M12 5v14M5 12h14" {...stroke} />,
  warn: (
    <>
      <path d="M12 3.5L2.5 20h19z" {...stroke} />
      <path d="M12 10v4.5M12 17.2v.1" {...stroke} />
    </>
  ),
  outside: <path d="M14 4h6v6M20 4l-9 9M18 14v6H4V6h6" {...stroke} />,
  turn: <path d="M20 12a8 8 0 1 1-3-6.2" {...stroke} />,
  person: (
    <>
      <circle cx="12" cy="8" r="4" {...stroke} />
      <path d="M4 20c1-4 4-6 8-6s7 2 8 6" {...stroke} />
    </>
  ),
  ring: <circle cx="12" cy="12" r="8" {...stroke} />,
  // Shapes of the four statuses: half full, full, crossed, paused.
  PENDING: (
    <>
      <circle cx="12" cy="12" r="10" {...stroke} strokeWidth={3} />
      <path d="M12 2a10 10 0 0 1 0 20z" fill="currentColor" />
    </>
  ),
  ACTIVE: <circle cx="12" cy="12" r="11" fill="currentColor" />,
  REJECTED: <path d="M4 4l16 16M20 4L4 20" {...stroke} strokeWidth={5} />,
  SUSPENDED: <path d="M7 3v18M17 3v18" {...stroke} strokeWidth={6} strokeLinecap="butt" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof SHAPES;

/** Says nothing to screen readers: words stand beside every icon, or in the button's label. */
export function Icon({ name, tone = '' }: { name: IconName; tone?: '' | 'good' | 'bad' | 'wait' | 'spinner' }) {
  return (
    <svg className={`icon ${tone}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
