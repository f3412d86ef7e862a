import type { HealthStore, LedgerStore, OwnDeviceStore, OwnHealthStore, ShareStore } from '#apis/ports';
import type { Consent } from '#consent';
import type { AccountDeps } from '../deps.ts';

/** What the pages about devices and health data are built from, besides what every account page has. */
export interface HealthPagesDeps extends AccountDeps {
  readonly own: {
    readonly devices: OwnDeviceStore;
    readonly shares: ShareStore;
    readonly ledger: LedgerStore;
    readonly health: OwnHealthStore;
    readonly catalogue: HealthStore['catalogue'];
    readonly asker: Consent['asker'];
  };
}
