/**
 * The process under test: the whole server on a database of its own. Told by its parent to make new people, clients and
 * requests; tells every error line that it logs.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '#kernel';
import { startTestApp } from '../../tests/support/app.ts';
import { makeSeeds, type Seeds } from './seeds.ts';

export type FromServer =
  | { readonly kind: 'seeds'; readonly seeds: Seeds }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'stopped'; readonly megabytes: number; readonly longestPauseMs: number };
export type ToServer = 'seeds' | 'stop';

const tell = (message: FromServer): void => {
  process.send?.(message);
};
const error = (details: object, message: string): void => {
  const cause = 'err' in details && details.err instanceof Error ? (details.err.stack ?? details.err.message) : '';
  tell({ kind: 'error', text: `${message} ${JSON.stringify(details)} ${cause}` });
};
const quiet = (): void => undefined;

const app = await startTestApp({
  dialect: process.argv[2] === 'postgres' ? 'postgres' : 'sqlite',
  clock: { ...systemClock, advance: quiet, set: quiet },
  logger: { debug: quiet, info: quiet, warn: quiet, error },
  // One proxy, so that callers differ and back-off lets enough of them through.
  config: { trustedProxies: 1 },
});
const pauses = monitorEventLoopDelay({ resolution: 10 });
pauses.enable();

process.on('message', (asked: ToServer) => {
  if (asked === 'seeds') {
    makeSeeds(app).then(
      (seeds) => tell({ kind: 'seeds', seeds }),
      (problem: unknown) => error({ err: problem }, 'No seeds:'),
    );
    return;
  }
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  tell({ kind: 'stopped', megabytes, longestPauseMs: Math.round(pauses.max / 1e6) });
  void app.close().then(() => process.disconnect?.());
});
process.on('unhandledRejection', (problem) => error({ err: problem }, 'A promise was rejected and nobody saw it.'));
// The parent is gone, however it ended.
process.on('disconnect', () => void app.close());
