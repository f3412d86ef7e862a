import type { Role, Session } from '../api/contracts.ts';
import { useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { rememberCsrf } from '../api/call.ts';
import { api } from '../api/client.ts';
import { Failed } from '../ui/states.tsx';

const Present = createContext<Session | null>(null);

export const SESSION_KEY = ['session'] as const;

/** Reads the session and remembers its token; every page stands on it. */
export async function readSession(): Promise<Session> {
  const session = await api.readSession();
  rememberCsrf(session.csrf);
  return session;
}

/** Keeps the session fresh: its counts change, and another tab may have logged in as somebody else. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const query = useQuery({ queryKey: SESSION_KEY, queryFn: readSession, staleTime: 60_000 });
  const present = query.data?.user.userMuid;
  const [begun] = useState(present);
  useEffect(() => {
    // Somebody else logged in beside: nothing of the first person may stay on the screen.
    if (begun !== undefined && present !== undefined && present !== begun) location.assign('/console');
  }, [begun, present]);
  if (query.data === undefined) {
    return query.error === null ? null : (
      <main className="content">
        <Failed error={query.error} onRetry={() => void query.refetch()} />
      </main>
    );
  }
  return <Present value={query.data}>{children}</Present>;
}

export function useSession(): Session {
  const session = useContext(Present);
  if (session === null) throw new Error('There is no session here.');
  return session;
}

export const useBrand = (): Session['brand'] => useSession().brand;

export const useIs = (role: Role): boolean => useSession().user.roles.includes(role);
