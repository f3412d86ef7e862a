import { type Config, loadConfig } from '#config';
import { type Installation, openInstallation } from '../installation.ts';
import { createModules, type Modules } from '../modules.ts';
import type { Terminal } from './command.ts';

/** Everything a command works with, on the same database as a running server; closed when the command ends. */
export async function withInstallation<Value>(
  terminal: Terminal,
  work: (open: Installation & Modules & { config: Config }) => Promise<Value>,
): Promise<Value> {
  const config = loadConfig(terminal.env);
  const installation = await openInstallation(config, terminal.clock, { prepare: false });
  try {
    const modules = createModules({ config, port: config.port, ...installation, clock: terminal.clock });
    return await work({ config, ...installation, ...modules });
  } finally {
    await installation.storage.close();
  }
}
