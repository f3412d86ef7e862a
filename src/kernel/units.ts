/** What a value in a maker's unit is in the catalogue's: times `times`, plus `plus`. */
interface Conversion {
  readonly times: number;
  readonly plus?: number;
}

/**
 * The units that a manifest may give a catalogue parameter in, besides the catalogue's own. A unit that nearly fits is
 * worse than none: a device that means kilocalories and says `cal` would be read a thousand times too low.
 */
const CONVERSIONS: Readonly<Record<string, Readonly<Record<string, Conversion>>>> = {
  'mg/dL': { 'mmol/L': { times: 18.016 } },
  '°C': { '°F': { times: 5 / 9, plus: -160 / 9 } },
  cal: { kcal: { times: 1000 } },
  m: { km: { times: 1000 } },
  'm/s': { 'km/h': { times: 1 / 3.6 } },
  mmHg: { kPa: { times: 7.500_617 } },
  kg: { g: { times: 0.001 }, lb: { times: 0.453_592_37 } },
  cm: { m: { times: 100 }, mm: { times: 0.1 }, in: { times: 2.54 } },
  L: { mL: { times: 0.001 } },
  'L/s': { 'L/min': { times: 1 / 60 } },
};

export const unitFits = (unit: string, catalogueUnit: string): boolean =>
  unit === catalogueUnit || Object.hasOwn(CONVERSIONS[catalogueUnit] ?? {}, unit);

/** The value in the catalogue's unit, to ten digits; unchanged where the unit is the same. */
export function inUnit(value: number, unit: string, catalogueUnit: string): number {
  const conversion = unit === catalogueUnit ? undefined : CONVERSIONS[catalogueUnit]?.[unit];
  if (conversion === undefined) return value;
  return Number((value * conversion.times + (conversion.plus ?? 0)).toPrecision(10));
}
