/**
 * Owns: clients, their versions and secrets, products, their manifests and devices, the review of both, and the console's
 * own API over HTTP. Does not own: what a client may do at an endpoint (oauth asks its own directory), people, or the
 * console's pages.
 */
import { createOwning, type Owning } from './owning.ts';
import type { Client, ClientRecords, ClientStore, SecretStore } from './ports/index.ts';
import { createReviewing, type Reviewing } from './reviewing.ts';
import { createSecretKeeping, type SecretKeeping, type SecretsKey } from './secrets.ts';

export { type ContentProblem, LIMITS, redirectUriProblem } from '#contracts/console';
export { contentHash, contentWarnings } from './content.ts';
export { asMac, asSerial, type DeviceLineProblem, MOST_DEVICES } from './device-list.ts';
export { type OwnedClient, ownedBy } from './ownership.ts';
export type { Edited, EditProblem, OwnerProblem, Registered } from './owning.ts';
export type * from './ports/index.ts';
export { type ProductProblem } from './product-content.ts';
export {
  createProducts,
  type DeviceImport,
  type FactoryDevice,
  type ProductDecisionProblem,
  type Products,
} from './products.ts';
export type { DecisionProblem, Step, Verdict, VerdictProblem } from './reviewing.ts';
export type { ShownSecret } from './secrets.ts';
export { openSecret, type SecretsKey } from './secrets.ts';
export { type ConsoleDeps, consoleApiRoutes } from './routes/index.ts';
export * from './states.ts';

/** One step of the review that needs no version named: what the command line can do. */
export type ReviewAction = 'approve' | 'reject' | 'suspend' | 'reinstate';

export interface Developer extends Owning, Reviewing, SecretKeeping {
  find: ClientStore['find'];
  findMany: ClientStore['findMany'];
  listOf: ClientStore['listOf'];
  readonly records: ClientRecords;
}

export function createDeveloper(deps: {
  clients: ClientStore & SecretStore & ClientRecords;
  secretsKey: SecretsKey;
  secretDisplay: 'always' | 'once';
}): Developer {
  const { clients } = deps;
  const settings = { key: deps.secretsKey, display: deps.secretDisplay };
  return {
    ...createOwning({ clients, secrets: settings }),
    ...createReviewing({ clients }),
    ...createSecretKeeping({ store: clients, settings }),
    find: (id): Promise<Client | null> => clients.find(id),
    findMany: (ids) => clients.findMany(ids),
    listOf: (owner) => clients.listOf(owner),
    records: clients,
  };
}
