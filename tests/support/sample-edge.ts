import { createEdge, openListener, type Route } from '#http';
import { LOCALES, systemClock } from '#kernel';
import { createPages } from '#signin';
import { SAMPLES } from '../../tools/screenshots/samples.ts';

/** Every server-rendered page in every state, served by the real edge with its real headers, to be looked at. */
export async function serveSamples(
  names: readonly string[] = Object.keys(SAMPLES),
): Promise<{ url: string; paths: string[]; close(): Promise<void> }> {
  const pages = createPages({ name: 'MEDBIZ', contact: null });
  const routes: Route[] = names.flatMap((name) =>
    LOCALES.flatMap((locale) => {
      const sample = SAMPLES[name];
      if (sample === undefined) return [];
      return [
        {
          method: 'GET' as const,
          path: `/sample/${locale}/${name}`,
          surface: 'page' as const,
          body: 'none' as const,
          handle: async () => sample(pages, locale),
        },
      ];
    }),
  );
  const ignore = (): void => undefined;
  const listener = await openListener({ host: '127.0.0.1', port: 0, tls: null });
  const url = `http://localhost:${listener.port}`;
  const edge = await createEdge(
    {
      routes: [...routes, ...pages.routes],
      publicUrl: url,
      trustedProxies: 0,
      logger: { debug: ignore, info: ignore, warn: ignore, error: ignore },
      clock: systemClock,
      renderPageError: pages.renderPageError,
      isPublicClientOrigin: async () => false,
    },
    listener,
  );
  return { url, paths: routes.map(({ path }) => path), close: () => edge.close() };
}
