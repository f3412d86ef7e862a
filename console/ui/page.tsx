import { type ReactNode, useEffect, useRef } from 'react';
import { useBrand } from '../app/session.tsx';

interface PageHeadProps {
  readonly title: string;
  /** Of the window, where it says more than the heading. */
  readonly windowTitle?: string;
  readonly lead?: ReactNode;
  /** What can be done with the whole page. */
  readonly children?: ReactNode;
}

let isFirstPage = true;

/** The heading of a page and the title of its window. Whoever comes from another page of the console hears the heading. */
export function PageHead({ title, windowTitle = title, lead, children }: PageHeadProps) {
  const brand = useBrand().name;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${windowTitle} · ${brand}`;
  }, [windowTitle, brand]);
  useEffect(() => {
    // The first page of a visit keeps the browser's own focus; later ones move it, since nothing was loaded.
    if (!isFirstPage) heading.current?.focus({ preventScroll: true });
    isFirstPage = false;
  }, []);
  return (
    <div className="page-head">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {lead === undefined ? null : <p className="page-lead">{lead}</p>}
      </div>
      {children}
    </div>
  );
}
