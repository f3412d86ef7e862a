/**
 * Every address of the console. The server answers each with the same `index.html`; anything else below `/console` is
 * not found. `:id` is 32 hexadecimal characters.
 */
export const CONSOLE_PAGES = [
  '/console',
  '/console/clients',
  '/console/clients/new',
  '/console/clients/:id',
  '/console/clients/:id/settings',
  '/console/clients/:id/review',
  '/console/messages',
  '/console/review',
  '/console/review/:id',
  '/console/operator/clients',
  '/console/operator/users',
  '/console/operator/audit',
] as const;
