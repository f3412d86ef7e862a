import { loadConfig } from '#config';
import { startApp } from '../app.ts';
import { createLogger } from '../logger.ts';
import { type Command, readArgs } from './command.ts';

export const serve: Command = async (args, terminal) => {
  readArgs(args, {});
  const config = loadConfig(terminal.env);
  const logger = createLogger(config.logLevel);
  process.on('uncaughtExceptionMonitor', (err) =>
    logger.error({ err }, 'The server ends after an error that nothing caught.'),
  );
  const stop = stopAsked();
  const app = await startApp({ config, clock: terminal.clock, logger, announce: terminal.out });
  await stop;
  await app.close();
  if (process.connected) process.disconnect?.();
  return 0;
};

/** The first SIGINT or SIGTERM, or the end of the process that started us; a second signal ends at once. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (): void => {
      if (asked) process.exit(130);
      asked = true;
      // A terminal sends Ctrl+C to us and to the launcher, which passes it on: two at once are one.
      setTimeout(() => process.on('SIGINT', ask).on('SIGTERM', ask), 500).unref();
      process.off('SIGINT', ask).off('SIGTERM', ask);
      process.on('SIGINT', ignore).on('SIGTERM', ignore);
      resolve();
    };
    const ignore = (): void => undefined;
    process.on('SIGINT', ask).on('SIGTERM', ask);
    if (process.connected) process.once('disconnect', () => resolve());
  });
}
