import { UsageError } from '../failure.ts';
import { asJson, type Command, readArgs } from './command.ts';
import { withInstallation } from './with-installation.ts';

const SHOWN = 20;

export const audit: Command = async ([action, ...args], terminal) => {
  if (action !== 'verify') throw new UsageError('medbiz audit can: verify');
  const { values } = readArgs(args, { json: { type: 'boolean', default: false } });
  return withInstallation(terminal, async ({ storage }) => {
    const { sealed, unsealed, broken } = await storage.audit.verify();
    if (values.json) terminal.out(asJson({ sealed, unsealed, broken }));
    else {
      terminal.out(`${sealed} rows are sealed, ${unsealed} wait for it, ${broken.length} are broken.\n`);
      for (const id of broken.slice(0, SHOWN)) terminal.out(`broken: ${id}\n`);
    }
    return broken.length === 0 ? 0 : 1;
  });
};
