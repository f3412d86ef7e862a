import { Type } from 'typebox';
import { DecisionAction, Field, ScopeVerdict } from './client.ts';
import { closed, Flag, listOf, SortableId, Time, Version } from './shapes.ts';
import { CONTENT_FIELDS, SCOPES } from './terms.ts';

const by = Type.Enum(['owner', 'operator'], { description: 'Operators are not named to developers.' });

/** A version that was submitted, or withdrawn before it was decided. */
export const VersionEvent = closed({
  kind: Type.Literal('version'),
  id: SortableId,
  at: Time,
  by,
  version: Version,
  state: Type.Enum(['PENDING', 'APPROVED', 'REJECTED', 'REPLACED', 'WITHDRAWN']),
  live: Flag,
  /** Against the version that was live then, or else the one before; empty for the first. */
  changed: listOf(Field, CONTENT_FIELDS.length),
});

export const DecisionEvent = closed({
  kind: Type.Literal('decision'),
  id: SortableId,
  at: Time,
  by,
  version: Version,
  action: DecisionAction,
  reason: Type.String(),
  scopeVerdicts: listOf(ScopeVerdict, SCOPES.length),
});

export const HistoryEvent = Type.Union([VersionEvent, DecisionEvent]);
export type HistoryEvent = Type.Static<typeof HistoryEvent>;

/** Newest first. */
export const ClientHistory = closed({
  items: listOf(HistoryEvent, 500),
  approvedVersions: Type.Array(Version, { maxItems: 500, description: 'Newest first; any may be rolled back to.' }),
});
export type ClientHistory = Type.Static<typeof ClientHistory>;
