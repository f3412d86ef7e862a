import type { Route } from '#http';
import { auditHandlers } from './audit-log.ts';
import { clientHandlers } from './clients.ts';
import type { ConsoleDeps } from './deps.ts';
import { noticeHandlers } from './notices.ts';
import { openApiDocument } from './openapi.ts';
import { routesOf } from './pipeline.ts';
import { previewHandlers } from './preview.ts';
import { reviewHandlers } from './review.ts';
import { secretHandlers } from './secrets.ts';
import { sessionHandlers } from './session.ts';
import { userHandlers } from './users.ts';

export type { ConsoleDeps } from './deps.ts';

/** Every route of the table in the contracts, and the document that describes them. */
export function consoleApiRoutes(deps: ConsoleDeps): Route[] {
  const document = openApiDocument(deps.publicUrl);
  return [
    ...routesOf(deps, {
      ...sessionHandlers(deps),
      ...clientHandlers(deps),
      ...secretHandlers(deps),
      ...previewHandlers(deps),
      ...noticeHandlers(deps),
      ...reviewHandlers(deps),
      ...userHandlers(deps),
      ...auditHandlers(deps),
    }),
    {
      method: 'GET',
      path: '/api/openapi.json',
      surface: 'console',
      body: 'none',
      handle: async () => ({ status: 200, body: document }),
    },
  ];
}
