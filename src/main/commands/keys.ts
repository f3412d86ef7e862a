import { rotateSigningKey } from '#oauth';
import { systemAct } from '../act.ts';
import { UsageError } from '../failure.ts';
import { asJson, type Command, readArgs } from './command.ts';
import { withInstallation } from './with-installation.ts';

export const keys: Command = async ([action, ...args], terminal) => {
  if (action !== 'rotate') throw new UsageError('medbiz keys can: rotate');
  const { values } = readArgs(args, { json: { type: 'boolean', default: false } });
  return withInstallation(terminal, async ({ storage, keys: derived }) => {
    const sealing = { key: derived.signingKeys, id: derived.id };
    const { kid } = await rotateSigningKey(systemAct(terminal.clock.now(), 'medbiz cli'), storage.keys, sealing, {
      onlyIfNone: false,
    });
    terminal.out(
      values.json ? asJson({ kid }) : `The signing key is now ${kid}. The one before stays published for 30 days.\n`,
    );
    return 0;
  });
};
