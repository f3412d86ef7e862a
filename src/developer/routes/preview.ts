import { noticeFor, scopeAllows } from '#consent';
import { normalContent, redirectUriProblem } from '#contracts/console';
import { newClientId, type UserMuid } from '#kernel';
import type { Handlers, Member } from './asked.ts';
import { requireClient } from './clients.ts';
import type { ConsoleDeps } from './deps.ts';
import { refusal } from './refuse.ts';

/** What the consent page would show of a form that may be half filled. Stores nothing. */
export function previewHandlers(deps: ConsoleDeps): Pick<Handlers, 'previewConsent'> {
  /** Who receives the data: the caller, or the owner of the client that the form is about. */
  async function recipient(member: Member, id: string | undefined): Promise<{ id: UserMuid; name: string }> {
    if (id === undefined) return member.session.user;
    const client = await requireClient(deps, id);
    const isOperator = member.session.user.roles.includes('operator');
    if (client.ownerId !== member.id && !isOperator) throw refusal('not_found');
    return { id: client.ownerId, name: client.ownerName };
  }

  return {
    async previewConsent({ member, body }) {
      const { locale } = body;
      const owner = await recipient(member, body.client);
      const content = normalContent(body.content);
      const client = {
        id: newClientId(),
        name: content.name,
        ownerId: owner.id,
        ownerName: owner.name,
        status: 'PENDING' as const,
        scopes: content.scopes,
      };
      const notices = content.scopes.map((request) => {
        const { required, purpose, items, retention, refusalEffect } = noticeFor(client, request, locale);
        const { scope } = request;
        const allows = scopeAllows(scope, locale);
        // 개인정보 보호법 제23조: asked for apart.
        const sensitive = scope === 'HEALTH';
        const words = { recipient: owner.name, purpose, items: [...items], retention, refusalEffect };
        return { scope, allows, required, sensitive, ...words };
      });
      return {
        locale,
        clientName: content.name,
        recipient: owner.name,
        destination: destinationOf(content.redirectUris.find((uri) => redirectUriProblem(uri, content.type) === null)),
        notices,
        refreshes: content.methods.includes('REFRESH_TOKEN'),
        healthDays: deps.consent.healthConsentDays,
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
