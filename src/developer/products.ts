import type { Act } from '#audit/ports';
import {
  type DeviceMuid,
  type ModelMuid,
  newDeviceMuid,
  newDeviceSecret,
  newModelMuid,
  newNumber,
  newSortableId,
  no,
  ok,
  type Result,
  sha256,
  type UserMuid,
} from '#kernel';
import { type DeviceLineProblem, readDeviceList } from './device-list.ts';
import type {
  ManifestField,
  NewDevice,
  Product,
  ProductAction,
  ProductContent,
  ProductStatus,
  ProductStore,
} from './ports/index.ts';
import { checkManifest, checkProduct, type ProductProblem, productHash } from './product-content.ts';

/** What the maker writes into the device; its secret is shown here and never again. */
export interface FactoryDevice {
  readonly muid: DeviceMuid;
  readonly secret: string;
  readonly serial: string | null;
  readonly mac: string | null;
}

export interface DeviceImport {
  readonly made: readonly FactoryDevice[];
  readonly refused: readonly { readonly line: number; readonly problem: DeviceLineProblem }[];
}

export type ProductDecisionProblem = 'unknown-product' | 'not-in-this-status' | 'own-product' | 'changed-meanwhile';

/** Products and their devices. Whoever is not the owner is answered as if the product did not exist. */
export interface Products {
  find: ProductStore['find'];
  listOf: ProductStore['listOf'];
  pending: ProductStore['pending'];
  manifest: ProductStore['manifest'];
  catalogue: ProductStore['catalogue'];
  devicesOf: ProductStore['devicesOf'];
  /** Registers a product as PENDING. */
  register(act: Act, owner: UserMuid, content: ProductContent): Promise<Result<ModelMuid, readonly ProductProblem[]>>;
  /** What is approved stays in force until the edit is. */
  edit(
    act: Act,
    owner: UserMuid,
    id: ModelMuid,
    content: ProductContent,
  ): Promise<Result<Product, readonly ProductProblem[] | 'unknown-product'>>;
  /** Puts a manifest in force; its version rises. */
  activateManifest(
    act: Act,
    owner: UserMuid,
    id: ModelMuid,
    fields: readonly ManifestField[],
  ): Promise<Result<number, readonly ProductProblem[] | 'unknown-product'>>;
  review(
    act: Act,
    id: ModelMuid,
    decision: { action: ProductAction; decidedBy: UserMuid | null; reason: string; seen?: string },
  ): Promise<Result<Product, ProductDecisionProblem>>;
  createDevice(
    act: Act,
    owner: UserMuid,
    product: ModelMuid,
    device: { serial: string | null; mac: string | null },
  ): Promise<Result<FactoryDevice, 'unknown-product' | 'repeated-serial'>>;
  /** A CSV of `serial,mac`; what is wrong with a line keeps no other line back. `progress` is told after each step. */
  importDevices(
    act: Act,
    owner: UserMuid,
    product: ModelMuid,
    csv: string,
    progress?: (done: number, of: number) => void,
  ): Promise<Result<DeviceImport, 'unknown-product' | 'too-many'>>;
  /** The old secret is dead when this returns. */
  rotateSecret(act: Act, owner: UserMuid, device: DeviceMuid): Promise<string | null>;
}

/** One transaction's worth: other writers get their turn between the steps of a long list. */
const STEP = 500;

export function createProducts(store: ProductStore): Products {
  return {
    find: (id) => store.find(id),
    listOf: (owner) => store.listOf(owner),
    pending: (limit) => store.pending(limit),
    manifest: (id, version) => store.manifest(id, version),
    catalogue: () => store.catalogue(),
    devicesOf: (product, page) => store.devicesOf(product, page),

    async register(act, owner, input) {
      const checked = checkProduct(input);
      if (!checked.ok) return checked;
      const id = newModelMuid();
      await store.create(act, { id, owner, content: checked.value, contentHash: productHash(checked.value) });
      return ok(id);
    },

    async edit(act, owner, id, input) {
      const checked = checkProduct(input);
      if (!checked.ok) return checked;
      const content = checked.value;
      if (!(await store.edit(act, { id, owner, content, contentHash: productHash(content) })))
        return no('unknown-product');
      const after = await store.find(id);
      return after === null ? no('unknown-product') : ok(after);
    },

    async activateManifest(act, owner, id, fields) {
      const problems = checkManifest(fields, await store.catalogue());
      if (problems.length > 0) return no(problems);
      const version = await store.activateManifest(act, { id, owner, fields });
      return version === null ? no('unknown-product') : ok(version);
    },

    async review(act, id, { action, decidedBy, reason, seen }) {
      const product = await store.find(id);
      if (product === null) return no('unknown-product');
      if (decidedBy === product.ownerId) return no('own-product');
      const waiting = await store.pendingOf(id);
      const judged = action === 'approve' || action === 'reject' ? waiting : null;
      const to = nextStatus(product.status, action, waiting !== null);
      if (to === null) return no('not-in-this-status');
      const version = judged?.version ?? product.version;
      const contentHash = judged?.contentHash ?? product.contentHash;
      if (seen !== undefined && seen !== contentHash) return no('changed-meanwhile');
      const decision = { product: id, version, contentHash, action, from: product.status, to, decidedBy, reason };
      if ((await store.decide(act, decision)) !== 'decided') return no('changed-meanwhile');
      const after = await store.find(id);
      return after === null ? no('unknown-product') : ok(after);
    },

    async createDevice(act, owner, product, device) {
      const made = newDevice(act.at, device);
      const refused = await store.createDevices(act, { product, owner, devices: [made.kept] });
      if (refused === null) return no('unknown-product');
      return refused.length > 0 ? no('repeated-serial') : ok(made.shown);
    },

    async importDevices(act, owner, product, csv, progress) {
      const lines = readDeviceList(csv);
      if (lines === 'too-many') return no('too-many');
      const wished = lines.flatMap((one) => ('problem' in one ? [] : [one]));
      const refused = lines.flatMap((one) => ('problem' in one ? [one] : []));
      const made: FactoryDevice[] = [];
      for (let at = 0; at < wished.length; at += STEP) {
        const step = wished.slice(at, at + STEP).map((wish) => ({ ...newDevice(act.at, wish), line: wish.line }));
        const known = await store.createDevices(act, { product, owner, devices: step.map(({ kept }) => kept) });
        if (known === null) return no('unknown-product');
        for (const [place, one] of step.entries()) {
          if (known.includes(place)) refused.push({ line: one.line, problem: 'repeated-serial' });
          else made.push(one.shown);
        }
        progress?.(Math.min(at + STEP, wished.length), wished.length);
      }
      return ok({ made, refused: refused.toSorted((a, b) => a.line - b.line) });
    },

    async rotateSecret(act, owner, device) {
      const secret = newDeviceSecret();
      const credential = { id: newSortableId(act.at), digest: sha256(secret) };
      return (await store.rotateSecret(act, { device, owner, credential })) ? secret : null;
    },
  };
}

/** The life of a product: (status, action) → status. What is not in it can't be done. */
const TRANSITIONS: Readonly<Record<ProductStatus, Readonly<Partial<Record<ProductAction, ProductStatus>>>>> = {
  PENDING: { approve: 'ACTIVE', reject: 'REJECTED' },
  ACTIVE: { suspend: 'SUSPENDED' },
  REJECTED: {},
  SUSPENDED: { reinstate: 'ACTIVE' },
};

/** An edit of a product in force is judged without changing what the product is. */
function nextStatus(status: ProductStatus, action: ProductAction, waiting: boolean): ProductStatus | null {
  if (status === 'ACTIVE' && waiting && (action === 'approve' || action === 'reject')) return 'ACTIVE';
  return TRANSITIONS[status][action] ?? null;
}

function newDevice(
  at: number,
  { serial, mac }: { serial: string | null; mac: string | null },
): { shown: FactoryDevice; kept: NewDevice } {
  const muid = newDeviceMuid();
  const secret = newDeviceSecret();
  return {
    shown: { muid, secret, serial, mac },
    kept: { muid, number: newNumber(), serial, mac, credential: { id: newSortableId(at), digest: sha256(secret) } },
  };
}
