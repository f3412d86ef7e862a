import { type TProperties, type TSchema, Type } from 'typebox';

/** An object that has these properties and no other. */
export const closed = <Properties extends TProperties>(properties: Properties) =>
  Type.Object(properties, { additionalProperties: false });

export const listOf = <Item extends TSchema>(item: Item, maxItems: number) => Type.Array(item, { maxItems });

/** The value, or null where there is none. */
export const maybe = <Schema extends TSchema>(schema: Schema, description?: string) =>
  Type.Union([schema, Type.Null()], description === undefined ? {} : { description });

/** A user's or a client's identifier. */
export const Hex32 = Type.String({ pattern: '^[0-9a-f]{32}$' });
/** Identifiers that sort by time, of secrets, notices and audit rows. */
export const SortableId = Type.String({ pattern: '^[0-9a-z]{1,40}$' });
export const Time = Type.Integer({ minimum: 0, description: 'Milliseconds since 1970.' });
export const Version = Type.Integer({ minimum: 1, maximum: 1_000_000 });
export const Hash = Type.String({ pattern: '^[A-Za-z0-9_-]{16,64}$' });
export const Flag = Type.Boolean();

/** The answer of what has nothing to say besides that it is done. */
export const Done = closed({ done: Type.Literal(true) });
export type Done = Type.Static<typeof Done>;
