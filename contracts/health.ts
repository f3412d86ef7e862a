import { Type } from 'typebox';

const closed = { additionalProperties: false } as const;

export const HealthValue = Type.Object(
  {
    value: Type.Union([Type.Number(), Type.String(), Type.Array(Type.Number())]),
    unit: Type.String(),
    mdc: Type.Union([Type.Integer(), Type.Null()], {
      description: 'ISO/IEEE 11073-10101 code, 32 bits; null where the standard has none.',
    }),
  },
  closed,
);
export type HealthValue = Type.Static<typeof HealthValue>;

/** One measurement (platform contract, section 6). */
export const HealthItem = Type.Object(
  {
    obxRootRefId: Type.String(),
    deviceMuid: Type.String({ pattern: '^[0-9a-f]{32}$' }),
    field: Type.String(),
    measuredAt: Type.String({ description: 'ISO 8601, UTC.' }),
    receivedAt: Type.String({ description: 'ISO 8601, UTC.' }),
    values: Type.Record(Type.String(), HealthValue),
  },
  closed,
);
export type HealthItem = Type.Static<typeof HealthItem>;

export const HealthPage = Type.Object(
  {
    offset: Type.Integer(),
    limit: Type.Integer(),
    total: Type.Integer(),
    items: Type.Array(HealthItem, { description: 'Newest first.' }),
  },
  closed,
);
export type HealthPage = Type.Static<typeof HealthPage>;

const KST = { pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$' } as const;

const range = {
  obxRootRefId: Type.String({ description: 'A root code: BLOOD_PRESSURE, GLUCOSE, TEMP, …' }),
  dateStart: Type.Optional(Type.String({ ...KST, description: 'Korean time; the start of today if left out.' })),
  dateEnd: Type.Optional(Type.String({ ...KST, description: 'Korean time, inclusive; the end of today if left out.' })),
  offset: Type.Optional(Type.Integer({ minimum: 0, default: 0 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 10 })),
};
export const HealthQuery = Type.Object(range);
export const SharedHealthQuery = Type.Object({
  userid: Type.String({ description: 'The login name of the person who shares.' }),
  ...range,
});
