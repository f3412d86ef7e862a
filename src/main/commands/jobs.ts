import { Unable, UsageError } from '../failure.ts';
import { asJson, type Command, readArgs } from './command.ts';
import { withInstallation } from './with-installation.ts';

const MOST = 200;

/** What the queue gave up: to see it, and to begin it anew once what was in the way is mended. */
export const jobs: Command = async ([action, ...args], terminal) => {
  if (action !== 'list' && action !== 'retry') throw new UsageError('medbiz jobs can: list, retry');
  const { values, positionals } = readArgs(
    args,
    { json: { type: 'boolean', default: false } },
    action === 'retry' ? 1 : 0,
  );
  return withInstallation(terminal, async ({ storage }) => {
    if (action === 'retry') {
      const id = positionals[0] ?? '';
      if (!(await storage.jobs.revive(id, terminal.clock.now()))) throw new Unable(`There is no dead job ${id}.`);
      terminal.out(values.json ? asJson({ id }) : `${id} is begun anew.\n`);
      return 0;
    }
    const dead = await storage.jobs.dead(MOST);
    if (values.json) terminal.out(asJson({ dead }));
    else if (dead.length === 0) terminal.out('No job was given up.\n');
    for (const job of values.json ? [] : dead) {
      const died = new Date(job.diedAt).toISOString();
      terminal.out(`${job.id}  ${job.kind}  ${job.error}  ${job.attempts} tries  ${died}\n`);
    }
    return 0;
  });
};
