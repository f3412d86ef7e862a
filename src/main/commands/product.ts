import { readFileSync } from 'node:fs';
import type { ManifestField, ProductDecisionProblem, ProductProblem, ProductAction } from '#developer';
import { HEALTH_KINDS } from '#consent';
import { foldLoginId } from '#identity';
import { asModelMuid, type ModelMuid } from '#kernel';
import { systemAct } from '../act.ts';
import { Unable, UsageError } from '../failure.ts';
import { asJson, type Command, readArgs, required } from './command.ts';
import { withInstallation } from './with-installation.ts';

const create: Command = async (args, terminal) => {
  const { values } = readArgs(args, {
    owner: { type: 'string' },
    name: { type: 'string' },
    'model-code': { type: 'string' },
    maker: { type: 'string' },
    description: { type: 'string', default: '' },
    'image-uri': { type: 'string', default: '' },
    'info-image-uri': { type: 'string', default: '' },
    'buy-link': { type: 'string', default: '' },
    size: { type: 'string', default: '' },
    weight: { type: 'string', default: '' },
    'several-users': { type: 'boolean', default: false },
    manifest: { type: 'string' },
    active: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const owner = required(values.owner, '--owner');
  const fields = readManifest(required(values.manifest, '--manifest'));
  const content = {
    name: required(values.name, '--name'),
    modelCode: required(values['model-code'], '--model-code'),
    maker: required(values.maker, '--maker'),
    description: values.description,
    imageUri: values['image-uri'],
    infoImageUri: values['info-image-uri'],
    buyLink: values['buy-link'],
    size: values.size,
    weight: values.weight,
    severalUsers: values['several-users'],
  };
  return withInstallation(terminal, async ({ products, storage }) => {
    const found = await storage.users.byLoginId(foldLoginId(owner));
    if (found?.status !== 'ACTIVE') throw new Unable(`There is no user ${owner}.`);
    const act = systemAct(terminal.clock.now(), 'medbiz cli');
    const made = await products.register(act, found.id, content);
    if (!made.ok) throw new Unable(made.problem.map(sentence).join(' '));
    const activated = await products.activateManifest(act, found.id, made.value, fields);
    if (!activated.ok) {
      const { problem } = activated;
      throw new Unable(typeof problem === 'string' ? 'The product is gone.' : problem.map(sentence).join(' '));
    }
    if (values.active) {
      await products.review(act, made.value, { action: 'approve', decidedBy: null, reason: 'approved when created' });
    }
    const product = await products.find(made.value);
    const shown = { model_muid: made.value, name: product?.name, status: product?.status, manifest: activated.value };
    terminal.out(values.json ? asJson(shown) : `${made.value} ${product?.name ?? ''}: ${product?.status ?? ''}\n`);
    return 0;
  });
};

/** A JSON file: `{"fields": [{"name", "description", "parameters": [{"name", "root", "unit", …}]}]}`. */
export function readManifest(file: string): ManifestField[] {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Unable(`The manifest ${file} can not be read as JSON.`, { cause: error });
  }
  return listIn(json, 'fields').map((field) => ({
    name: textIn(field, 'name'),
    description: textIn(field, 'description'),
    parameters: listIn(field, 'parameters').map((one) => {
      const root = textIn(one, 'root');
      const rootCode = HEALTH_KINDS.find((kind) => kind === root) ?? null;
      if (root !== '' && rootCode === null) throw new Unable(`${root} is no root code.`);
      return {
        name: textIn(one, 'name'),
        kind: rootCode !== null ? 'CATALOGUE' : textIn(one, 'kind') === 'TIME' ? 'TIME' : 'CUSTOM',
        rootCode,
        unit: textIn(one, 'unit'),
        minimum: numberIn(one, 'minimum'),
        maximum: numberIn(one, 'maximum'),
      };
    }),
  }));
}

const memberOf = (json: unknown, name: string): unknown =>
  typeof json === 'object' && json !== null && Object.hasOwn(json, name)
    ? (json as Record<string, unknown>)[name]
    : undefined;

function listIn(json: unknown, name: string): unknown[] {
  const list = memberOf(json, name);
  if (!Array.isArray(list)) throw new Unable(`The manifest needs a list named ${name}.`);
  return list;
}

function textIn(json: unknown, name: string): string {
  const text = memberOf(json, name) ?? '';
  if (typeof text !== 'string') throw new Unable(`${name} in the manifest must be text.`);
  return text;
}

function numberIn(json: unknown, name: string): number | null {
  const value = memberOf(json, name) ?? null;
  if (value !== null && typeof value !== 'number') throw new Unable(`${name} in the manifest must be a number.`);
  return value;
}

const review =
  (action: ProductAction): Command =>
  async (args, terminal) => {
    const { values, positionals } = readArgs(
      args,
      { reason: { type: 'string', default: '' }, json: { type: 'boolean', default: false } },
      1,
    );
    const id = modelMuidOf(positionals[0], 'A product id');
    return withInstallation(terminal, async ({ products }) => {
      const act = systemAct(terminal.clock.now(), 'medbiz cli');
      const decided = await products.review(act, id, { action, decidedBy: null, reason: values.reason });
      if (!decided.ok) throw new Unable(DECISIONS[decided.problem]);
      const { name, status } = decided.value;
      terminal.out(values.json ? asJson({ model_muid: id, name, status }) : `${id} ${name}: ${status}\n`);
      return 0;
    });
  };

export function modelMuidOf(text: string | undefined, name: string): ModelMuid {
  const id = asModelMuid(required(text, name));
  if (id === null) throw new UsageError('A product id has 32 lower-case hexadecimal characters');
  return id;
}

const DECISIONS: Readonly<Record<ProductDecisionProblem, string>> = {
  'unknown-product': 'There is no product with this id.',
  'not-in-this-status': 'This can not be done with the product in its present status.',
  'own-product': 'Nobody decides about a product of his or her own.',
  'changed-meanwhile': 'The product was changed in the meantime. Look at it again.',
};

const PROBLEMS: Readonly<Record<ProductProblem['problem'], string>> = {
  missing: 'is needed',
  'too-long': 'is too long',
  'too-many': 'are too many',
  characters: 'has characters that can not be used',
  repeated: 'is there twice',
  'not-https': 'must be an https address',
  'unknown-parameter': 'is not in the parameter catalogue',
  unit: 'has a unit that does not fit',
  bounds: 'has bounds that exclude every value',
};

const sentence = ({ field, problem, value }: ProductProblem): string => `${value ?? field} ${PROBLEMS[problem]}.`;

const ACTIONS: Readonly<Record<string, Command>> = {
  create,
  approve: review('approve'),
  reject: review('reject'),
  suspend: review('suspend'),
  reinstate: review('reinstate'),
};

export const product: Command = async ([action = '', ...args], terminal) => {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run === undefined) throw new UsageError(`medbiz product can: ${Object.keys(ACTIONS).join(', ')}`);
  return run(args, terminal);
};
