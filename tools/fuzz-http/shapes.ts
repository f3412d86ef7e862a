import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** Values by the name that answers of the server gave them, so that made requests speak of things that exist. */
export class KnownValues {
  private readonly byName = new Map<string, unknown[]>();

  /** Remembers everything in a JSON answer. */
  learn(value: unknown, name = ''): void {
    if (name !== '') this.note(name, value);
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value)) this.learn(inner, Array.isArray(value) ? name : key);
  }

  note(name: string, value: unknown): void {
    const list = this.byName.get(name) ?? [];
    this.byName.set(name, list);
    // The newest first: what was read last is what is spoken of.
    const at = list.indexOf(value);
    if (at >= 0) list.splice(at, 1);
    list.unshift(value);
    list.length = Math.min(list.length, 50);
  }

  /** Those that fit the schema, newest first. */
  fitting(name: string, schema: TSchema): unknown[] {
    const validator = Compile(schema);
    const names = [name, ...(ALSO_CALLED[name] ?? [])];
    return names.flatMap((each) => this.byName.get(each) ?? []).filter((value) => validator.Check(value));
  }
}

/** What a request calls otherwise than the answer that it comes from. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  seen: ['contentHash'],
  client: ['clients.id'],
};

/** The few keywords of JSON Schema that contracts are written with. */
interface Plain {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly TSchema[];
  readonly properties?: Readonly<Record<string, TSchema>>;
  readonly items?: TSchema;
  readonly minimum?: number;
  readonly minLength?: number;
}

/** A value that the schema takes: what is known by this name, or the plainest one there is. */
export function sampleOf(schema: TSchema, name: string, known: KnownValues): unknown {
  const [fitting] = known.fitting(name, schema);
  if (fitting !== undefined) return fitting;
  const plain: Plain = schema;
  if (plain.const !== undefined) return plain.const;
  if (plain.enum !== undefined) return plain.enum[0];
  if (plain.anyOf?.[0] !== undefined) return sampleOf(plain.anyOf[0], name, known);
  switch (String(plain.type)) {
    case 'object':
      return Object.fromEntries(
        Object.entries(plain.properties ?? {}).map(([key, inner]) => [key, sampleOf(inner, key, known)]),
      );
    case 'array':
      return plain.items === undefined ? [] : [sampleOf(plain.items, name, known)];
    case 'integer':
    case 'number':
      return plain.minimum ?? 1;
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'a'.repeat(Math.max(1, plain.minLength ?? 0));
  }
}
