import { noticeFor, scopeAllows } from '#consent';
import { normalContent, redirectUriProblem } from '#contracts/console';
import { newClientId } from '#kernel';
import type { Handlers } from './asked.ts';
import type { ConsoleDeps } from './deps.ts';

/** What the consent page would show of a form that may be half filled. Stores nothing. */
export function previewHandlers({ consent }: ConsoleDeps): Pick<Handlers, 'previewConsent'> {
  return {
    async previewConsent({ member, body }) {
      const { locale } = body;
      const content = normalContent(body.content);
      const { user } = member.session;
      const client = {
        id: newClientId(),
        name: content.name,
        ownerId: user.id,
        ownerName: user.name,
        status: 'PENDING' as const,
        scopes: content.scopes,
      };
      return {
        locale,
        clientName: content.name,
        recipient: user.name,
        destination: destinationOf(content.redirectUris.find((uri) => redirectUriProblem(uri, content.type) === null)),
        notices: content.scopes.map((request) => {
          const { scope, required, recipient, purpose, items, retention, refusalEffect } = noticeFor(
            client,
            request,
            locale,
          );
          const allows = scopeAllows(scope, locale);
          const sensitive = scope === 'HEALTH';
          return {
            scope,
            allows,
            required,
            sensitive,
            recipient,
            purpose,
            items: [...items],
            retention,
            refusalEffect,
          };
        }),
        refreshes: content.methods.includes('REFRESH_TOKEN'),
        healthDays: consent.healthConsentDays,
      };
    },
  };
}

/** A host in ASCII, so that look-alikes show; a scheme for an app. */
function destinationOf(uri: string | undefined): string | null {
  if (uri === undefined) return null;
  const url = new URL(uri);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.host : url.protocol.slice(0, -1);
}
