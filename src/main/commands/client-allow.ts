import type { OperatorAllowance } from '#kernel';
import { systemAct } from '../act.ts';
import { Unable, UsageError } from '../failure.ts';
import { clientIdOf } from './client-review.ts';
import { asJson, type Command, oneOf, readArgs } from './command.ts';
import { withInstallation } from './with-installation.ts';

/** Gives or takes what only the operator may: `--grant password|implicit`, `--get-token`, `--resource-server`. */
export const allow =
  (allowed: boolean): Command =>
  async (args, terminal) => {
    const { values, positionals } = readArgs(
      args,
      {
        grant: { type: 'string', multiple: true, default: [] },
        'get-token': { type: 'boolean', default: false },
        'resource-server': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
      },
      1,
    );
    const id = clientIdOf(positionals[0]);
    const asked: OperatorAllowance[] = [
      ...values.grant.map((grant) => oneOf(grant, ['password', 'implicit'] as const, '--grant')),
      ...(values['get-token'] ? ['get-token' as const] : []),
      ...(values['resource-server'] ? ['resource-server' as const] : []),
    ];
    if (asked.length === 0)
      throw new UsageError('One of --grant password, --grant implicit, --get-token, --resource-server is needed');
    return withInstallation(terminal, async ({ developer }) => {
      const act = systemAct(terminal.clock.now(), 'medbiz cli');
      for (const allowance of asked) {
        const done = await developer.allow(act, id, allowance, allowed);
        if (!done.ok) throw new Unable('There is no client with this id.');
      }
      const client = await developer.find(id);
      const allowances = client?.allowances ?? [];
      terminal.out(values.json ? asJson({ client_id: id, allowances }) : `${id}: ${allowances.join(', ') || '-'}\n`);
      return 0;
    });
  };
