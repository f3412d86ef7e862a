import { foldLoginId } from '#identity';
import { systemAct } from '../act.ts';
import { Unable } from '../failure.ts';
import { asJson, type Command, readArgs, required } from './command.ts';
import { withInstallation } from './with-installation.ts';

/**
 * For somebody who lost the phone and the recovery codes: whoever holds the terminal has made sure who it is. All factors,
 * codes and sessions of the user go; the next login is by the password alone, and an operator makes a new factor in it.
 */
export const forgetFactors: Command = async (args, terminal) => {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } }, 1);
  const loginId = required(positionals[0], 'The user id');
  return withInstallation(terminal, async ({ storage, identity }) => {
    const user = await storage.users.byLoginId(foldLoginId(loginId));
    if (user === null) throw new Unable('There is no user with this id.');
    const forgotten = await identity.removeAllFactors(systemAct(terminal.clock.now(), 'medbiz cli'), user.id);
    if (values.json) terminal.out(asJson({ userMuid: user.id, userId: user.loginId, forgotten }));
    else
      terminal.out(`${user.loginId}: ${forgotten ? 'all second factors and sessions are gone' : 'there were none'}\n`);
    return 0;
  });
};
