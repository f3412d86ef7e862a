import { loadConfig } from '#config';
import { openInstallation } from '../installation.ts';
import { type Command, readArgs } from './command.ts';

export const migrate: Command = async (args, terminal) => {
  readArgs(args, {});
  const { storage } = await openInstallation(loadConfig(terminal.env), terminal.clock, { prepare: true });
  await storage.close();
  terminal.out('The database is up to date.\n');
  return 0;
};
