import type { Route } from '#http';

export interface Checks {
  readonly database: () => Promise<boolean>;
  readonly migrations: () => Promise<boolean>;
  readonly keys: () => Promise<boolean>;
}

/** `/healthz`: the process answers. `/readyz`: it can do its work, each part by name. Neither says why not: the log does. */
export function healthRoutes(checks: Checks): Route[] {
  return [
    {
      method: 'GET',
      path: '/healthz',
      surface: 'plain',
      body: 'none',
      handle: async () => ({ status: 200, body: { status: 'ok' } }),
    },
    {
      method: 'GET',
      path: '/readyz',
      surface: 'plain',
      body: 'none',
      handle: async () => {
        const results = await Promise.all(
          Object.entries<Checks[keyof Checks]>({ ...checks }).map(
            async ([name, check]) => [name, await check().catch(() => false)] as const,
          ),
        );
        const ready = results.every(([, fine]) => fine);
        return {
          status: ready ? 200 : 503,
          ...(ready ? {} : { headers: { 'Retry-After': '1' } }),
          body: {
            status: ready ? 'ok' : 'failing',
            checks: Object.fromEntries(results.map(([name, fine]) => [name, fine ? 'ok' : 'failing'])),
          },
        };
      },
    },
  ];
}
