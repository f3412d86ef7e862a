import { systemAct } from '../act.ts';
import { type Command, readArgs } from './command.ts';
import { withInstallation } from './with-installation.ts';

/** After a dump was restored: nothing that was withdrawn since it was made may come back to life. */
export const restored: Command = async (args, terminal) => {
  readArgs(args, {});
  return withInstallation(terminal, async ({ storage }) => {
    await storage.instance.raiseEpoch(systemAct(terminal.clock.now(), 'medbiz cli'));
    terminal.out('All sessions and tokens have ended. Everybody logs in again; consents are kept.\n');
    return 0;
  });
};
