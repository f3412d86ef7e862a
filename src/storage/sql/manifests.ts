import type { Kysely } from 'kysely';
import type { Act } from '#audit/ports';
import { HEALTH_KINDS } from '#consent/ports';
import type { ManifestField } from '#developer/ports';
import type { ModelMuid, UserMuid } from '#kernel';
import type { Database } from '../schema.ts';
import { verb } from '../verb.ts';
import { record } from './audit-entry.ts';

type Activation = { id: ModelMuid; owner: UserMuid; fields: readonly ManifestField[] };

const decimal = (bound: number | null): string | null => (bound === null ? null : String(bound));

/** The bound as a number; decimal text of ours. */
export const bound = (stored: string | null): number | null => (stored === null ? null : Number(stored));

export const activateManifest = verb(
  'products.activateManifest',
  async (tx, { act, manifest }: { act: Act; manifest: Activation }): Promise<number | null> => {
    const { id, owner, fields } = manifest;
    const raised = await tx
      .updateTable('product')
      .set((eb) => ({ manifest_version: eb('manifest_version', '+', 1), updated_at: act.at }))
      .where('id', '=', id)
      .where('owner_id', '=', owner)
      .where('status', '!=', 'SUSPENDED')
      .returning('manifest_version')
      .executeTakeFirst();
    if (raised === undefined) return null;
    const version = { product_id: id, version: raised.manifest_version };
    await tx
      .insertInto('manifest')
      .values({ ...version, created_at: act.at, created_by: act.actor.id })
      .execute();
    for (const [position, { name: field, description, parameters }] of fields.entries()) {
      await tx
        .insertInto('manifest_field')
        .values({ ...version, name: field, position, description })
        .execute();
      await tx
        .insertInto('manifest_parameter')
        .values(
          parameters.map((one, place) => ({
            ...version,
            field,
            name: one.name,
            position: place,
            kind: one.kind,
            root_code: one.rootCode,
            unit: one.unit,
            minimum: decimal(one.minimum),
            maximum: decimal(one.maximum),
          })),
        )
        .execute();
    }
    await record(tx, act, { action: 'product.manifest-activated', outcome: 'ok', subject: owner, reason: id });
    return raised.manifest_version;
  },
);

export async function manifestOf(db: Kysely<Database>, id: ModelMuid, version: number): Promise<ManifestField[]> {
  const fields = await db
    .selectFrom('manifest_field')
    .selectAll()
    .where('product_id', '=', id)
    .where('version', '=', version)
    .orderBy('position')
    .execute();
  const parameters = await db
    .selectFrom('manifest_parameter')
    .selectAll()
    .where('product_id', '=', id)
    .where('version', '=', version)
    .orderBy('position')
    .execute();
  return fields.map(({ name, description }) => ({
    name,
    description,
    parameters: parameters
      .filter(({ field }) => field === name)
      .map((row) => ({
        name: row.name,
        kind: row.kind,
        rootCode: HEALTH_KINDS.find((kind) => kind === row.root_code) ?? null,
        unit: row.unit,
        minimum: bound(row.minimum),
        maximum: bound(row.maximum),
      })),
  }));
}
