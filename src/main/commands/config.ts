import { loadConfig, referencePage, shownConfig } from '#config';
import { asJson, type Command, readArgs } from './command.ts';

export const config: Command = async (args, terminal) => {
  const { values } = readArgs(args, {
    reference: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  if (values.reference) {
    terminal.out(referencePage());
    return 0;
  }
  const shown = shownConfig(loadConfig(terminal.env));
  if (values.json) terminal.out(asJson(shown));
  else for (const [key, value] of Object.entries(shown)) terminal.out(`${key}: ${value ?? '-'}\n`);
  return 0;
};
