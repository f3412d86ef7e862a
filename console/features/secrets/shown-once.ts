import type { MadeSecret } from '../../api/contracts.ts';

/**
 * A secret that the platform shows once, on its way from the form to the client's page. It lives in memory alone: an
 * address, a history entry or a storage would keep it.
 */
const kept = new Map<string, MadeSecret>();

export const keepForOnce = (clientId: string, secret: MadeSecret): void => {
  kept.set(clientId, secret);
};

export const shownOnce = (clientId: string): MadeSecret | null => kept.get(clientId) ?? null;

export const forgetShown = (clientId: string): void => {
  kept.delete(clientId);
};
