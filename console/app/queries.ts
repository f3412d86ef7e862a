import { QueryClient } from '@tanstack/react-query';
import { ApiFailure } from '../api/call.ts';

const TRIES = 2;

/** Tries again only what may work the next time; a refusal stays a refusal. */
const worthAnotherTry = (failures: number, error: unknown): boolean =>
  failures < TRIES && error instanceof ApiFailure && (error.code === 'network' || error.status >= 500);

export const createQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 10_000, retry: worthAnotherTry },
      mutations: { retry: false },
    },
  });
