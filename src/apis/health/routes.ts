import type { HealthKind } from '#consent';
import type { HealthItem, HealthPage, HealthValue } from '#contracts';
import { foldLoginId } from '#identity';
import type { HttpAnswer, HttpRequest, Route } from '#http';
import { ApiError } from '#kernel';
import { actOfCall } from '../act.ts';
import { type GuardDeps, guarded } from '../guard.ts';
import { badRequest } from '../numbers.ts';
import type {
  CatalogueParameter,
  HealthRange,
  HealthStore,
  LedgerStore,
  Observation,
  Observations,
} from '../ports/index.ts';
import { healthRange } from './range.ts';

export interface HealthDeps extends GuardDeps {
  readonly health: HealthStore;
  readonly ledger: LedgerStore;
}

/** `/v1/health` and `/v1/shared-health` (platform contract, section 6). */
export function healthRoutes(deps: HealthDeps): Route[] {
  const { health, ledger, clock } = deps;

  async function own(request: HttpRequest): Promise<HttpAnswer> {
    const now = clock.now();
    const { right, kinds, range, ...found } = await guarded(deps, request, ['HEALTH'], async (token) => {
      const asked = healthRange(request, now);
      const read = await health.ofToken(token, asked, now);
      return read && { ...read, kinds: read.right.kinds, range: asked };
    });
    requireKind(kinds, range);
    const catalogue = await health.catalogue();
    const { userMuid: user, clientId: client, grantId: grant } = right;
    const entry = { user, reader: user, client, grant, what: 'health', detail: range.root } as const;
    await ledger.append(actOfCall(request, now), { ...entry, count: found.items.length });
    return { status: 200, body: pageOnWire(found, range, catalogue) };
  }

  async function shared(request: HttpRequest): Promise<HttpAnswer> {
    const now = clock.now();
    const { right, kinds, range, owner, ...found } = await guarded(deps, request, ['HEALTH'], async (token) => {
      const asked = healthRange(request, now);
      const login = request.query().get('userid');
      if (login === undefined) throw badRequest('userid is needed.');
      const read = await health.sharedWithToken(token, foldLoginId(login), asked, now);
      return read && { ...read, kinds: read.right.kinds, range: asked };
    });
    requireKind(kinds, range);
    // RS-14: nobody, no share, an expired one and a client that the owner did not name are one and the same.
    if (owner === null) throw new ApiError(404, 'not_found', 'Nothing is shared here.', { reason: 'malformed' });
    const catalogue = await health.catalogue();
    const { userMuid: reader, clientId: client, grantId: grant } = right;
    const entry = { user: owner, reader, client, grant, what: 'shared-health', detail: range.root } as const;
    await ledger.append(actOfCall(request, now), { ...entry, count: found.items.length });
    return { status: 200, body: pageOnWire(found, range, catalogue) };
  }

  return [
    { method: 'GET', path: '/v1/health', surface: 'api', body: 'none', handle: own },
    { method: 'GET', path: '/v1/shared-health', surface: 'api', body: 'none', handle: shared },
  ];
}

/** The query has given nothing of a kind that the user did not give; this says so. */
function requireKind(kinds: readonly HealthKind[], { root }: HealthRange): void {
  if (kinds.includes(root)) return;
  throw new ApiError(403, 'insufficient_scope', 'The user has not agreed to this kind of health data.', {
    reason: 'scope-not-consented',
    scope: 'HEALTH',
  });
}

function pageOnWire(
  { total, items }: Observations,
  { root, offset, limit }: HealthRange,
  catalogue: readonly CatalogueParameter[],
): HealthPage {
  const known = new Map(catalogue.filter((one) => one.root === root).map((one) => [one.name, one]));
  return { offset, limit, total, items: items.map((one) => observationOnWire(one, known)) };
}

export const observationOnWire = (
  { root, device, field, measuredAt, receivedAt, values }: Observation,
  known: ReadonlyMap<string, CatalogueParameter>,
): HealthItem => ({
  obxRootRefId: root,
  deviceMuid: device,
  field,
  measuredAt: new Date(measuredAt).toISOString(),
  receivedAt: new Date(receivedAt).toISOString(),
  values: Object.fromEntries(
    Object.entries(values).map(([name, value]): [string, HealthValue] => {
      const parameter = known.get(name);
      const plain = typeof value === 'object' ? [...value] : value;
      return [name, { value: plain, unit: parameter?.unit ?? '', mdc: parameter?.mdc ?? null }];
    }),
  ),
});
