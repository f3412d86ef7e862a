/** MDC_CTXT_GLU_MEAL and its values (ISO/IEEE 11073-10101); the platform's own documents leave the values open. */
const MEALS: Readonly<Record<string, number>> = {
  PREPRANDIAL: 8417868,
  POSTPRANDIAL: 8417872,
  FASTING: 8417876,
  CASUAL: 8417880,
  BEDTIME: 8417908,
};

/** The name of a meal context that was sent as its name, in any case, or as its code. Null for anything else. */
export function mealOf(sent: unknown): string | null {
  const found = Object.entries(MEALS).find(([name, code]) =>
    typeof sent === 'string' ? sent.toUpperCase() === name : sent === code,
  );
  return found?.[0] ?? null;
}
