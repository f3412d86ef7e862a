import type { CatalogueParameter, FieldParameter } from '#apis/ports';
import { HEALTH_KINDS } from '#consent/ports';
import type { ModelMuid } from '#kernel';
import { type Argument, prepared } from './prepared.ts';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { bound } from './manifests.ts';

interface FieldName {
  readonly product: ModelMuid;
  readonly manifest: number;
  readonly field: string;
}

const find = prepared((db, arg: Argument<FieldName>) =>
  db
    .selectFrom('manifest_parameter as m')
    .leftJoin('parameter_catalogue as k', (join) =>
      join.onRef('k.root_code', '=', 'm.root_code').onRef('k.name', '=', 'm.name'),
    )
    .select(['m.name', 'm.kind', 'm.unit', 'm.minimum', 'm.maximum', 'm.root_code'])
    .select(['k.kind as value_kind', 'k.unit as catalogue_unit', 'k.mdc', 'k.minimum as least', 'k.maximum as most'])
    .where('m.product_id', '=', arg('product'))
    .where('m.version', '=', arg('manifest'))
    .where('m.field', '=', arg('field'))
    .orderBy('m.position'),
);

type Row = Awaited<ReturnType<typeof find>>[number];

/** A field as one version of the manifest has it; what was written of a version never changes. */
export async function fieldParameters(db: Engine['read'], field: FieldName): Promise<readonly FieldParameter[]> {
  return (await find(db, field)).map((row) => ({
    name: row.name,
    kind: row.kind,
    unit: row.unit,
    minimum: bound(row.minimum),
    maximum: bound(row.maximum),
    catalogue: catalogueOf(row),
  }));
}

function catalogueOf(row: Row): CatalogueParameter | null {
  const root = HEALTH_KINDS.find((kind) => kind === row.root_code);
  if (root === undefined || row.value_kind === null) return null;
  const { name, mdc } = row;
  const unit = row.catalogue_unit ?? '';
  return { root, kind: row.value_kind, name, unit, mdc, minimum: bound(row.least), maximum: bound(row.most) };
}

export const parameterOf = (row: Database['parameter_catalogue']): CatalogueParameter[] => {
  const root = HEALTH_KINDS.find((kind) => kind === row.root_code);
  if (root === undefined) return [];
  const { kind, name, unit, mdc } = row;
  return [{ root, kind, name, unit, mdc, minimum: bound(row.minimum), maximum: bound(row.maximum) }];
};
