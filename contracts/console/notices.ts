import { Type } from 'typebox';
import { ScopeVerdict } from './client.ts';
import { closed, Hex32, listOf, maybe, SortableId, Time } from './shapes.ts';
import { SCOPES } from './terms.ts';

/** What the platform has to tell a developer; the console puts it into words. */
export const DeveloperNotice = closed({
  id: SortableId,
  at: Time,
  kind: Type.Enum([
    'client-approved',
    'client-rejected',
    'change-approved',
    'change-rejected',
    'client-suspended',
    'client-reinstated',
    'client-rolled-back',
  ]),
  clientId: Hex32,
  clientName: Type.String(),
  reason: Type.String(),
  refusedScopes: listOf(ScopeVerdict, SCOPES.length),
  readAt: maybe(Time),
});
export type DeveloperNotice = Type.Static<typeof DeveloperNotice>;

/** Newest first. */
export const NoticeList = closed({ items: listOf(DeveloperNotice, 200) });
export type NoticeList = Type.Static<typeof NoticeList>;
