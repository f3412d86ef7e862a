import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { useBrand } from '../app/session.tsx';

/** The title of the window; whoever comes from another page of the console hears the heading. */
export function usePageTitle(title: string): void {
  const brand = useBrand().name;
  useEffect(() => {
    document.title = `${title} · ${brand}`;
  }, [title, brand]);
}

let arrivedBy = '';

export function PageHead({ title, lead, children }: { title: string; lead?: ReactNode; children?: ReactNode }) {
  usePageTitle(title);
  const { key } = useLocation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // The first page of a visit keeps the browser's own focus; later ones move it, since nothing was loaded.
    if (arrivedBy !== '' && arrivedBy !== key) heading.current?.focus({ preventScroll: true });
    arrivedBy = key;
  }, [key]);
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
