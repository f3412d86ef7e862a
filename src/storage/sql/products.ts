import type { Kysely } from 'kysely';
import type { Act, AuditAction } from '#audit/ports';
import { HEALTH_KINDS } from '#consent/ports';
import type {
  PendingVersion,
  Product,
  ProductContent,
  ProductDecision,
  ProductStore,
  ProductAction,
} from '#developer/ports';
import { type ModelMuid, newSortableId, type UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { activateManifest, manifestOf } from './manifests.ts';
import { createDevices, devicesOf, rotateSecret } from './registry.ts';

const CONTENT = [
  'v.name',
  'v.model_code',
  'v.maker',
  'v.description',
  'v.image_uri',
  'v.info_image_uri',
  'v.buy_link',
  'v.size',
  'v.weight',
  'v.several_users',
  'v.content_hash',
] as const;

const selectProducts = (db: Kysely<Database>) =>
  db
    .selectFrom('product as p')
    .innerJoin('product_version as v', (join) =>
      join
        .onRef('v.product_id', '=', 'p.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('p.live_version', 'p.newest_version')),
    )
    .innerJoin('user_account as o', 'o.id', 'p.owner_id')
    .selectAll('p')
    .select([...CONTENT, 'v.version', 'o.name as owner_name']);

const selectPending = (db: Kysely<Database>) =>
  db
    .selectFrom('product_version as v')
    .innerJoin('product as p', (join) =>
      join.onRef('p.id', '=', 'v.product_id').onRef('p.newest_version', '=', 'v.version'),
    )
    .select([...CONTENT, 'v.product_id', 'v.version'])
    .where('v.review_state', '=', 'PENDING')
    .where('p.status', 'in', ['PENDING', 'ACTIVE']);

type ContentRow = Omit<
  Database['product_version'],
  'product_id' | 'version' | 'review_state' | 'created_at' | 'created_by'
>;

const contentOf = (row: ContentRow): ProductContent => ({
  name: row.name,
  modelCode: row.model_code,
  maker: row.maker,
  description: row.description,
  imageUri: row.image_uri,
  infoImageUri: row.info_image_uri,
  buyLink: row.buy_link,
  size: row.size,
  weight: row.weight,
  severalUsers: row.several_users === 1,
});

type ProductRow = Awaited<ReturnType<ReturnType<typeof selectProducts>['execute']>>[number];

const productOf = (row: ProductRow): Product => ({
  ...contentOf(row),
  id: row.id,
  ownerId: row.owner_id,
  ownerName: row.owner_name,
  status: row.status,
  version: row.version,
  liveVersion: row.live_version,
  newestVersion: row.newest_version,
  contentHash: row.content_hash,
  manifestVersion: row.manifest_version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});

const pendingOf = (row: ContentRow & { product_id: ModelMuid; version: number }): PendingVersion => ({
  product: row.product_id,
  version: row.version,
  content: contentOf(row),
  contentHash: row.content_hash,
});

interface Written {
  readonly id: ModelMuid;
  readonly owner: UserMuid;
  readonly content: ProductContent;
  readonly contentHash: string;
}

const insertVersion = (tx: Tx, { at, actor }: Act, version: number, { id, content, contentHash }: Written) =>
  tx
    .insertInto('product_version')
    .values({
      product_id: id,
      version,
      name: content.name,
      model_code: content.modelCode,
      maker: content.maker,
      description: content.description,
      image_uri: content.imageUri,
      info_image_uri: content.infoImageUri,
      buy_link: content.buyLink,
      size: content.size,
      weight: content.weight,
      several_users: content.severalUsers ? 1 : 0,
      content_hash: contentHash,
      review_state: 'PENDING',
      created_at: at,
      created_by: actor.id,
    })
    .execute();

const create = verb('products.create', async (tx, { act, product }: { act: Act; product: Written }): Promise<void> => {
  await tx
    .insertInto('product')
    .values({
      id: product.id,
      owner_id: product.owner,
      status: 'PENDING',
      live_version: null,
      newest_version: 1,
      manifest_version: 0,
      created_at: act.at,
      updated_at: act.at,
    })
    .execute();
  await insertVersion(tx, act, 1, product);
  await record(tx, act, { action: 'product.created', outcome: 'ok', subject: product.owner, reason: product.id });
});

const edit = verb('products.edit', async (tx, { act, product }: { act: Act; product: Written }): Promise<boolean> => {
  const edited = await tx
    .updateTable('product')
    .set((eb) => ({
      newest_version: eb('newest_version', '+', 1),
      status: eb
        .case()
        .when('status', '=', 'REJECTED')
        .then('PENDING' as const)
        .else(eb.ref('status'))
        .end(),
      updated_at: act.at,
    }))
    .where('id', '=', product.id)
    .where('owner_id', '=', product.owner)
    .where('status', '!=', 'SUSPENDED')
    .returning('newest_version')
    .executeTakeFirst();
  if (edited === undefined) return false;
  await tx
    .updateTable('product_version')
    .set({ review_state: 'REPLACED' })
    .where('product_id', '=', product.id)
    .where('review_state', '=', 'PENDING')
    .execute();
  await insertVersion(tx, act, edited.newest_version, product);
  await record(tx, act, { action: 'product.edited', outcome: 'ok', subject: product.owner, reason: product.id });
  return true;
});

const ACTIONS = {
  approve: 'product.approved',
  reject: 'product.rejected',
  suspend: 'product.suspended',
  reinstate: 'product.reinstated',
} as const satisfies Record<ProductAction, AuditAction>;

const decide = verb(
  'products.decide',
  async (tx, { act, decision }: { act: Act; decision: ProductDecision }): Promise<'decided' | 'changed-meanwhile'> => {
    const { product, version, contentHash, action, from, to } = decision;
    const judged = action === 'approve' || action === 'reject';
    const decided = await tx
      .updateTable('product')
      .set((eb) => ({
        status: to,
        live_version: action === 'approve' ? version : eb.ref('live_version'),
        updated_at: act.at,
      }))
      .where('id', '=', product)
      .where('status', '=', from)
      .where((eb) => (judged ? eb('newest_version', '=', version) : eb.lit(true)))
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('product_version as v')
            .select('v.version')
            .where('v.product_id', '=', product)
            .where('v.version', '=', version)
            .where('v.content_hash', '=', contentHash),
        ),
      )
      .executeTakeFirst();
    if (decided.numUpdatedRows === 0n) return 'changed-meanwhile';
    if (judged) {
      await tx
        .updateTable('product_version')
        .set({ review_state: action === 'approve' ? 'APPROVED' : 'REJECTED' })
        .where('product_id', '=', product)
        .where('version', '=', version)
        .execute();
    }
    await tx
      .insertInto('product_decision')
      .values({
        id: newSortableId(act.at),
        product_id: product,
        version,
        content_hash: contentHash,
        action,
        from_status: from,
        to_status: to,
        decided_by: decision.decidedBy,
        decided_at: act.at,
        reason: decision.reason,
      })
      .execute();
    await record(tx, act, { action: ACTIONS[action], outcome: 'ok', reason: product });
    return 'decided';
  },
);

export function productStore({ read, run }: Engine): ProductStore {
  return {
    async find(id) {
      const row = await selectProducts(read).where('p.id', '=', id).executeTakeFirst();
      return row === undefined ? null : productOf(row);
    },
    async listOf(owner) {
      const rows = await selectProducts(read).where('p.owner_id', '=', owner).orderBy('p.created_at', 'desc').execute();
      return rows.map(productOf);
    },
    async pending(limit) {
      return (await selectPending(read).orderBy('v.created_at').limit(limit).execute()).map(pendingOf);
    },
    async pendingOf(id) {
      const row = await selectPending(read).where('v.product_id', '=', id).executeTakeFirst();
      return row === undefined ? null : pendingOf(row);
    },
    create: (act, product) => run(create, { act, product }),
    edit: (act, product) => run(edit, { act, product }),
    decide: (act, decision) => run(decide, { act, decision }),
    activateManifest: (act, manifest) => run(activateManifest, { act, manifest }),
    manifest: (id, version) => manifestOf(read, id, version),
    async catalogue() {
      const rows = await read
        .selectFrom('parameter_catalogue')
        .select(['root_code', 'name', 'unit'])
        .where('retired_at', 'is', null)
        .orderBy('root_code')
        .orderBy('position')
        .execute();
      return rows.flatMap(({ root_code, name, unit }) => {
        const root = HEALTH_KINDS.find((kind) => kind === root_code);
        return root === undefined ? [] : [{ root, name, unit }];
      });
    },
    createDevices: (act, batch) => run(createDevices, { act, batch }),
    async ownerOfDevice(device) {
      const row = await read
        .selectFrom('device as d')
        .innerJoin('product as p', 'p.id', 'd.product_id')
        .select('p.owner_id')
        .where('d.muid', '=', device)
        .executeTakeFirst();
      return row?.owner_id ?? null;
    },
    devicesOf: (product, page) => devicesOf(read, product, page),
    rotateSecret: (act, rotation) => run(rotateSecret, { act, rotation }),
  };
}
