import { asJson, type Command, readArgs } from './command.ts';
import { withInstallation } from './with-installation.ts';

export const listClients: Command = async (args, terminal) => {
  const { values } = readArgs(args, { json: { type: 'boolean', default: false } });
  return withInstallation(terminal, async ({ storage }) => {
    const clients = await storage.clients.all();
    if (values.json) {
      terminal.out(
        asJson({
          clients: clients.map(({ id, name, status, ownerName }) => ({
            client_id: id,
            name,
            status,
            owner: ownerName,
          })),
        }),
      );
    } else {
      for (const { id, status, name, ownerName } of clients)
        terminal.out(`${id}  ${status.padEnd(9)}  ${name} (${ownerName})\n`);
    }
    return 0;
  });
};
