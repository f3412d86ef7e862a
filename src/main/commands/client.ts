import { UsageError } from '../failure.ts';
import type { Command } from './command.ts';

const ACTIONS: Readonly<Record<string, () => Promise<Command>>> = {
  create: async () => (await import('./client-create.ts')).createClient,
  approve: async () => (await import('./client-review.ts')).review('approve'),
  reject: async () => (await import('./client-review.ts')).review('reject'),
  suspend: async () => (await import('./client-review.ts')).review('suspend'),
  reinstate: async () => (await import('./client-review.ts')).review('reinstate'),
  allow: async () => (await import('./client-allow.ts')).allow(true),
  disallow: async () => (await import('./client-allow.ts')).allow(false),
  list: async () => (await import('./client-list.ts')).listClients,
};

export const client: Command = async ([action = '', ...args], terminal) => {
  const load = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (load === undefined) throw new UsageError(`medbiz client can: ${Object.keys(ACTIONS).join(', ')}`);
  return (await load())(args, terminal);
};
