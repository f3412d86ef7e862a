import { Type } from 'typebox';

const closed = { additionalProperties: false } as const;

/** What a developer registers as a product, and a reviewer decides about. */
export const ProductContent = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    modelCode: Type.String({ minLength: 1, maxLength: 64, description: 'The maker’s own code of the model.' }),
    maker: Type.String({ minLength: 1, maxLength: 64 }),
    description: Type.String({ maxLength: 1000 }),
    imageUri: Type.String({ maxLength: 2048 }),
    infoImageUri: Type.String({ maxLength: 2048 }),
    buyLink: Type.String({ maxLength: 2048 }),
    size: Type.String({ maxLength: 64 }),
    weight: Type.String({ maxLength: 64 }),
    severalUsers: Type.Boolean({ description: 'May several users add one device?' }),
  },
  closed,
);
export type ProductContent = Type.Static<typeof ProductContent>;

export const ManifestParameter = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$' }),
    kind: Type.Union([Type.Literal('CATALOGUE'), Type.Literal('TIME'), Type.Literal('CUSTOM')]),
    rootCode: Type.Union([Type.String(), Type.Null()], { description: 'Of a catalogue parameter.' }),
    unit: Type.String({ maxLength: 32, description: 'The unit that the device sends.' }),
    minimum: Type.Union([Type.Number(), Type.Null()]),
    maximum: Type.Union([Type.Number(), Type.Null()]),
  },
  closed,
);
export type ManifestParameter = Type.Static<typeof ManifestParameter>;

export const ManifestField = Type.Object(
  {
    name: Type.String({ pattern: '^[A-Za-z][A-Za-z0-9_-]{0,63}$' }),
    description: Type.String({ maxLength: 255 }),
    parameters: Type.Array(ManifestParameter, { minItems: 1, maxItems: 50 }),
  },
  closed,
);
export type ManifestField = Type.Static<typeof ManifestField>;

export const Manifest = Type.Object({ fields: Type.Array(ManifestField, { minItems: 1, maxItems: 50 }) }, closed);
export type Manifest = Type.Static<typeof Manifest>;
