/** What a spreadsheet would run as a formula (CWE-1236), the tab and the carriage return that hide one included. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

function cell(value: string | number): string {
  if (typeof value === 'number') return String(value);
  const harmless = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(',')}\r\n`;

/** A file to keep: with a mark by which spreadsheets know UTF-8. */
export const csvFile = (name: string, lines: string) => ({
  status: 200,
  type: 'text/csv; charset=utf-8',
  headers: { 'Content-Disposition': `attachment; filename="${name}"` },
  body: `\uFEFF${lines}`,
});
