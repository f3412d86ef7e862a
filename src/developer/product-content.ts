import { no, ok, type Result, sha256Base64url, unitFits } from '#kernel';
import type { CatalogueEntry, ManifestField, ProductContent } from './ports/index.ts';

/** What is wrong with a product or its manifest, and where. */
export interface ProductProblem {
  readonly field: keyof ProductContent | 'fields' | 'parameters';
  readonly problem:
    | 'missing'
    | 'too-long'
    | 'too-many'
    | 'characters'
    | 'repeated'
    | 'not-https'
    | 'unknown-parameter'
    | 'unit'
    | 'bounds';
  /** The name it is about, where there are several. */
  readonly value?: string;
}

const TEXTS = {
  name: 64,
  modelCode: 64,
  maker: 64,
  description: 1000,
  size: 64,
  weight: 64,
} as const;
const NEEDED = ['name', 'modelCode', 'maker'] as const;
const LINKS = ['imageUri', 'infoImageUri', 'buyLink'] as const;
const LINK_MOST = 2048;

const HIDDEN = /[\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|(?![\n\t])\p{Cc}/u;

export function checkProduct(input: ProductContent): Result<ProductContent, readonly ProductProblem[]> {
  const content = { ...input };
  const problems: ProductProblem[] = [];
  for (const [field, most] of Object.entries(TEXTS) as [keyof typeof TEXTS, number][]) {
    content[field] = input[field].normalize('NFC').trim();
    if ([...content[field]].length > most) problems.push({ field, problem: 'too-long' });
    if (HIDDEN.test(content[field])) problems.push({ field, problem: 'characters' });
  }
  for (const field of NEEDED) if (content[field] === '') problems.push({ field, problem: 'missing' });
  for (const field of LINKS) {
    content[field] = input[field].trim();
    if (content[field].length > LINK_MOST) problems.push({ field, problem: 'too-long' });
    else if (content[field] !== '' && !isHttps(content[field])) problems.push({ field, problem: 'not-https' });
  }
  return problems.length === 0 ? ok(content) : no(problems);
}

/** They are shown to users as links and pictures: never a script, never an address that spies in clear text. */
const isHttps = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === 'https:';

export const productHash = (content: ProductContent): string =>
  sha256Base64url(
    JSON.stringify([
      content.name,
      content.modelCode,
      content.maker,
      content.description,
      content.imageUri,
      content.infoImageUri,
      content.buyLink,
      content.size,
      content.weight,
      content.severalUsers,
    ]),
  );

const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_-]{0,63}$/;
const PARAMETER_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
/** Last segments of device data's own paths. */
const TAKEN_NAMES: ReadonlySet<string> = new Set(['latest', 'la', 'oldest', 'ol']);
const MOST_FIELDS = 50;
const MOST_PARAMETERS = 50;
const UNIT_MOST = 32;

/** Checks a manifest against the catalogue; the problems name field and parameter. */
export function checkManifest(
  fields: readonly ManifestField[],
  catalogue: readonly CatalogueEntry[],
): readonly ProductProblem[] {
  const problems: ProductProblem[] = [];
  if (fields.length === 0) problems.push({ field: 'fields', problem: 'missing' });
  if (fields.length > MOST_FIELDS) problems.push({ field: 'fields', problem: 'too-many' });
  if (new Set(fields.map(({ name }) => name)).size !== fields.length) {
    problems.push({ field: 'fields', problem: 'repeated' });
  }
  for (const { name, description, parameters } of fields) {
    if (!FIELD_NAME.test(name) || TAKEN_NAMES.has(name)) {
      problems.push({ field: 'fields', problem: 'characters', value: name });
    }
    if ([...description].length > 255) problems.push({ field: 'fields', problem: 'too-long', value: name });
    if (parameters.length === 0) problems.push({ field: 'parameters', problem: 'missing', value: name });
    if (parameters.length > MOST_PARAMETERS) problems.push({ field: 'parameters', problem: 'too-many', value: name });
    if (new Set(parameters.map((one) => one.name)).size !== parameters.length) {
      problems.push({ field: 'parameters', problem: 'repeated', value: name });
    }
    if (parameters.filter(({ kind }) => kind === 'TIME').length > 1) {
      problems.push({ field: 'parameters', problem: 'repeated', value: `${name}.TIME` });
    }
    for (const parameter of parameters) {
      const problem = parameterProblem(parameter, catalogue);
      if (problem !== null) problems.push({ field: 'parameters', problem, value: `${name}.${parameter.name}` });
    }
  }
  return problems;
}

function parameterProblem(
  { name, kind, rootCode, unit, minimum, maximum }: ManifestField['parameters'][number],
  catalogue: readonly CatalogueEntry[],
): ProductProblem['problem'] | null {
  if (!PARAMETER_NAME.test(name)) return 'characters';
  if (unit.length > UNIT_MOST || HIDDEN.test(unit)) return 'unit';
  if (minimum !== null && maximum !== null && minimum > maximum) return 'bounds';
  if (kind !== 'CATALOGUE') return rootCode === null ? null : 'unknown-parameter';
  const entry = catalogue.find((one) => one.root === rootCode && one.name === name);
  if (entry === undefined) return 'unknown-parameter';
  return unitFits(unit, entry.unit) ? null : 'unit';
}
