import { readFileSync } from 'node:fs';
import { asMac, asSerial, type FactoryDevice, type Products } from '#developer';
import { asDeviceMuid, type ModelMuid, type UserMuid } from '#kernel';
import { systemAct } from '../act.ts';
import { Unable, UsageError } from '../failure.ts';
import { asJson, type Command, readArgs, required } from './command.ts';
import { modelMuidOf } from './product.ts';
import { withInstallation } from './with-installation.ts';

const onWire = ({ muid, secret, serial, mac }: FactoryDevice) => ({
  device_muid: muid,
  device_secret: secret,
  serial,
  mac,
});

const create: Command = async (args, terminal) => {
  const { values } = readArgs(args, {
    product: { type: 'string' },
    serial: { type: 'string', default: '' },
    mac: { type: 'string', default: '' },
    json: { type: 'boolean', default: false },
  });
  const product = modelMuidOf(values.product, '--product');
  const serial = asSerial(values.serial);
  const mac = asMac(values.mac);
  if (serial === undefined) throw new UsageError('--serial has characters that can not be used');
  if (mac === undefined) throw new UsageError('--mac must be like 00:1A:2B:3C:4D:5E');
  return withInstallation(terminal, async ({ products }) => {
    const act = systemAct(terminal.clock.now(), 'medbiz cli');
    const owner = await ownerOf(products, product);
    const made = await products.createDevice(act, owner, product, { serial, mac });
    if (!made.ok) throw new Unable(problems[made.problem]);
    if (values.json) terminal.out(asJson(onWire(made.value)));
    else terminal.out(`device: ${made.value.muid}\nsecret: ${made.value.secret}\n`);
    return 0;
  });
};

const importList: Command = async (args, terminal) => {
  const { values, positionals } = readArgs(
    args,
    { product: { type: 'string' }, json: { type: 'boolean', default: false } },
    1,
  );
  const product = modelMuidOf(values.product, '--product');
  const csv = readFileSync(required(positionals[0], 'A file'), 'utf8');
  return withInstallation(terminal, async ({ products }) => {
    const act = systemAct(terminal.clock.now(), 'medbiz cli');
    const owner = await ownerOf(products, product);
    const done = await products.importDevices(act, owner, product, csv, (count, of) =>
      terminal.err(`${count}/${of}\n`),
    );
    if (!done.ok) throw new Unable(problems[done.problem]);
    const { made, refused } = done.value;
    if (values.json) terminal.out(asJson({ made: made.map(onWire), refused }));
    else {
      for (const one of made) terminal.out(`${one.muid},${one.secret},${one.serial ?? ''},${one.mac ?? ''}\n`);
      for (const { line, problem } of refused) terminal.err(`line ${line}: ${problem}\n`);
    }
    return refused.length === 0 ? 0 : 1;
  });
};

const rotate: Command = async (args, terminal) => {
  const { values, positionals } = readArgs(args, { json: { type: 'boolean', default: false } }, 1);
  const device = asDeviceMuid(required(positionals[0], 'A device id'));
  if (device === null) throw new UsageError('A device id has 32 lower-case hexadecimal characters');
  return withInstallation(terminal, async ({ products, storage }) => {
    const owner = await storage.products.ownerOfDevice(device);
    const act = systemAct(terminal.clock.now(), 'medbiz cli');
    const secret = owner === null ? null : await products.rotateSecret(act, owner, device);
    if (secret === null) throw new Unable('There is no device with this id.');
    terminal.out(values.json ? asJson({ device_muid: device, device_secret: secret }) : `${secret}\n`);
    return 0;
  });
};

async function ownerOf(products: Products, id: ModelMuid): Promise<UserMuid> {
  const product = await products.find(id);
  if (product === null) throw new Unable('There is no product with this id.');
  return product.ownerId;
}

const problems = {
  'unknown-product': 'There is no product with this id, or it is refused or suspended.',
  'repeated-serial': 'The product has a device with this serial number already.',
  'too-many': 'At most 10,000 devices at a time.',
} as const;

const ACTIONS: Readonly<Record<string, Command>> = { create, import: importList, 'rotate-secret': rotate };

export const device: Command = async ([action = '', ...args], terminal) => {
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (run === undefined) throw new UsageError(`medbiz device can: ${Object.keys(ACTIONS).join(', ')}`);
  return run(args, terminal);
};
