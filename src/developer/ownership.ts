import type { UserMuid } from '#kernel';
import type { Client } from './ports/index.ts';

const proof: unique symbol = Symbol('owned client');

/** A client that its owner acts on. Only `ownedBy` makes one, so nobody's client is reached without the question. */
export type OwnedClient = Client & { readonly [proof]: true };

/** Null for a client that is somebody else's, deleted, or none at all: the three look alike (WB-07). */
export const ownedBy = (client: Client | null, user: UserMuid): OwnedClient | null =>
  client?.ownerId === user && client.status !== 'DELETED' ? { ...client, [proof]: true } : null;
