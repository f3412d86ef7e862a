/** Every repository. The writer thread imports this, so that it knows every verb. */
import type { Engine } from '../engine.ts';
import { auditStore } from './audit.ts';
import { backoffStore } from './backoff.ts';
import { closingStore } from './closing.ts';
import { clientDirectory } from './client-directory.ts';
import { clientStore } from './clients.ts';
import { codeStore } from './codes.ts';
import { connectionStore } from './connections.ts';
import { consentStore } from './consents.ts';
import { deviceDataStore } from './device-data.ts';
import { deviceStore, ownDeviceStore } from './devices.ts';
import { decisionNotices } from './decision-notices.ts';
import { factorStore } from './factors.ts';
import { grantStore } from './grants.ts';
import { healthStore } from './health.ts';
import { instanceStore } from './instance.ts';
import { jobStore } from './jobs.ts';
import { keyStore } from './keys.ts';
import { ledgerStore } from './ledger.ts';
import { ownHealthStore } from './own-health.ts';
import { productStore } from './products.ts';
import { profileStore } from './profiles.ts';
import { noticeMails } from './notice-mails.ts';
import { recoveryStore } from './recovery.ts';
import { sessionStore } from './sessions.ts';
import { shareStore } from './shares.ts';
import { transactionStore } from './transactions.ts';
import { userAdministration } from './user-administration.ts';
import { userStore } from './users.ts';

export const repositories = (engine: Engine) => ({
  audit: auditStore(engine),
  backoff: backoffStore(engine),
  clients: clientStore(engine),
  closing: closingStore(engine),
  codes: codeStore(engine),
  connections: connectionStore(engine),
  consents: consentStore(engine),
  deviceData: deviceDataStore(engine),
  devices: deviceStore(engine),
  decisionNotices: decisionNotices(engine),
  directory: clientDirectory(engine),
  factors: factorStore(engine),
  grants: grantStore(engine),
  health: healthStore(engine),
  instance: instanceStore(engine),
  jobs: jobStore(engine),
  keys: keyStore(engine),
  ledger: ledgerStore(engine),
  ownHealth: ownHealthStore(engine),
  ownDevices: ownDeviceStore(engine),
  products: productStore(engine),
  profiles: profileStore(engine),
  noticeMails: noticeMails(engine),
  recovery: recoveryStore(engine),
  sessions: sessionStore(engine),
  shares: shareStore(engine),
  transactions: transactionStore(engine),
  users: { ...userStore(engine), ...userAdministration(engine) },
});

export type Repositories = ReturnType<typeof repositories>;
