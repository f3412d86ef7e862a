import { type TSchema, Type } from 'typebox';

const orNull = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
const closed = { additionalProperties: false } as const;
const Hex32 = Type.String({ pattern: '^[0-9a-f]{32}$' });
const Milliseconds = Type.Integer({ description: 'Milliseconds since 1970.' });

/** A product, as a user of one of its devices sees it (platform contract, section 4). */
export const DeviceModel = Type.Object(
  {
    modelMuid: Hex32,
    modelSerialNumber: Type.String({ description: 'The maker’s model code.' }),
    developerUserMuid: orNull(Hex32),
    modelImageUri: Type.String(),
    modelDuplicationRegistration: Type.Boolean({ description: 'May several users add one device?' }),
    modelName: Type.String(),
    modelDesc: Type.String(),
    modelDeveloperName: Type.String(),
    modelInfoImageUri: Type.String(),
    modelBuyLink: Type.String(),
    modelSize: Type.String(),
    modelWeight: Type.String(),
    status: Type.Union([Type.Literal('PENDING'), Type.Literal('ACTIVE'), Type.Literal('TEST')]),
    modelCreateDate: Milliseconds,
    modelModifyDate: Milliseconds,
  },
  closed,
);
export type DeviceModel = Type.Static<typeof DeviceModel>;

/** Null in what only a holder is told, for everybody else. */
export const Device = Type.Object(
  {
    deviceMuid: Hex32,
    deviceToken: orNull(
      Type.String({
        pattern: '^[0-9a-f]{32}$',
        description:
          'Made for this grant and device: posts values, reads them back only with HEALTH, ends with either.',
      }),
    ),
    developerUserMuid: orNull(Hex32),
    userRegistered: Type.Boolean({ description: 'Whether the device is in the caller’s account.' }),
    enabled: Type.Boolean(),
    deviceModel: DeviceModel,
    deviceSerialNumber: orNull(Type.String()),
    deviceNickname: orNull(Type.String()),
    version: Type.Integer({ description: 'Of the product’s manifest; 0 while it has none.' }),
    usersMuid: orNull(Type.Array(Hex32)),
    ownerUserMuid: orNull(Hex32),
    deviceCreateDate: Milliseconds,
    deviceModifyDate: Milliseconds,
    deviceMacAddress: orNull(Type.String()),
  },
  closed,
);
export type Device = Type.Static<typeof Device>;

export const DevicePage = Type.Object(
  {
    size: Type.Integer(),
    page: Type.Integer(),
    total: Type.Integer(),
    first: Type.Boolean(),
    last: Type.Boolean(),
    items: Type.Array(Device),
  },
  closed,
);
export type DevicePage = Type.Static<typeof DevicePage>;

export const DeviceItem = Type.Object({ items: Device }, closed);
export type DeviceItem = Type.Static<typeof DeviceItem>;

export const DevicePageQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 })),
  size: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 10 })),
});

export const FindDeviceQuery = Type.Object({ modelMuid: Hex32, serial: Type.String({ minLength: 1 }) });

const nickname = Type.String({ minLength: 1, maxLength: 64 });
export const AddDevice = Type.Object({
  deviceMuid: Hex32,
  deviceNickname: Type.Optional(nickname),
  deviceNickName: Type.Optional(Type.String({ description: 'The same, as older programs spell it.' })),
});
export const RenameDevice = Type.Object({ deviceNickname: nickname });
export const DevicePath = Type.Object({ deviceMuid: Hex32 });
export const FieldPath = Type.Object({ deviceMuid: Hex32, field: Type.String() });

/** A contentInstance of oneM2M (platform contract, section 7). Times are `yyyyMMddTHHmmss`, UTC. */
export const ContentInstance = Type.Object(
  {
    rn: Type.String(),
    ty: Type.Literal(4),
    pi: Type.String(),
    ri: Type.String(),
    ct: Type.String(),
    et: Type.String(),
    lt: Type.String(),
    st: Type.Integer(),
    cs: Type.Integer({ description: 'Bytes of con.' }),
    cnf: Type.String(),
    con: Type.String({ description: 'A number or an object as compact JSON.' }),
    cr: Type.String(),
    lbl: Type.Optional(
      Type.Array(Type.String(), { description: 'What was kept but not understood, as `parameter:problem`.' }),
    ),
  },
  closed,
);
export type ContentInstance = Type.Static<typeof ContentInstance>;

export const NewContentInstance = Type.Object({
  'm2m:cin': Type.Object({
    con: Type.Union([Type.Number(), Type.String(), Type.Record(Type.String(), Type.Unknown())]),
    cnf: Type.Optional(Type.String()),
  }),
});
export const OneInstance = Type.Object({ 'm2m:cin': ContentInstance }, closed);
export const ManyInstances = Type.Object(
  { 'm2m:rsp': Type.Object({ 'm2m:cin': Type.Array(ContentInstance) }, closed) },
  closed,
);
export const DataQuery = Type.Object({
  rcn: Type.Optional(Type.Integer()),
  ty: Type.Optional(Type.Integer()),
  cra: Type.Optional(Type.String({ description: 'Created at or after, UTC.' })),
  crb: Type.Optional(Type.String({ description: 'Created at or before, UTC.' })),
  lim: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
  ofst: Type.Optional(Type.Integer({ minimum: 0 })),
});
export const M2mError = Type.Object({ 'm2m:dbg': Type.String() }, closed);
