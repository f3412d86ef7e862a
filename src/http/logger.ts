/** What modules may ask of a log: details first, then one short sentence. Never a query string, form value, header or body. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
