import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { Icon } from './icon.tsx';

const SHOWN_MS = 5000;
const Say = createContext<(text: string) => void>(() => undefined);

/** Says in passing that something was done; read aloud, never the only place where it can be seen. */
export const useToast = (): ((text: string) => void) => useContext(Say);

export function ToastProvider({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<{ text: string; at: number } | null>(null);
  const say = useCallback((text: string) => setSaid({ text, at: Date.now() }), []);
  useEffect(() => {
    if (said === null) return undefined;
    const timer = setTimeout(() => setSaid(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <Say value={say}>
      {children}
      <div className="toasts" role="status" aria-live="polite">
        {said === null ? null : (
          <div className="toast" key={said.at}>
            <Icon name="check" />
            {said.text}
          </div>
        )}
      </div>
    </Say>
  );
}
