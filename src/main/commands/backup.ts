import { existsSync } from 'node:fs';
import { Unable } from '../failure.ts';
import { type Command, readArgs, required } from './command.ts';
import { withInstallation } from './with-installation.ts';

export const backup: Command = async (args, terminal) => {
  const file = required(readArgs(args, {}, 1).positionals[0], 'A file name');
  return withInstallation(terminal, async ({ storage, config }) => {
    if (config.databaseUrl !== null)
      throw new Unable('Back up PostgreSQL with pg_dump, and run "medbiz restored" after restoring a dump.');
    if (existsSync(file)) throw new Unable(`${file} exists already. Choose another name.`);
    await storage.backup(file);
    terminal.out(`Backed up to ${file}. The master key is not in it: keep it apart.\n`);
    return 0;
  });
};
