import { HEALTH_KINDS, kindName, type Part, scopeAllows, withdrawalEffect } from '#consent';
import type { HttpAnswer, HttpRequest, Route } from '#http';
import { type Locale, PageError, SCOPES } from '#kernel';
import { actOf, formToken, pathWith, redirect } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forMember } from '../member.ts';
import { requireConnection } from '../own-connection.ts';
import { type DisconnectPage, disconnectPage } from '../pages/disconnect.ts';
import { connectionWords } from '../words/connections.ts';

const PATH = '/account/connections';

/** Taking back one scope or one kind, and disconnecting: no reason is asked, and nobody has to log in again for it. */
export function withdrawalRoutes(deps: AccountDeps): Route[] {
  const { consent, clock, pages } = deps;

  const withdraw = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const connection = await requireConnection(deps, request, member);
      const part = partOf(request.form.get('scope'), request.form.get('kind'));
      if (part === null) throw new PageError('bad-request', 400, { reason: 'malformed' });
      const { client, held } = connection;
      const user = member.session.user.id;
      const act = actOf(request, clock.now(), user);
      const here = `${PATH}/${client}`;
      switch (withdrawalEffect(held, part)) {
        case 'ends-required':
        case 'ends-last':
          return redirect(pathWith(`${here}/disconnect`, { part: nameOf(part) }));
        case 'narrows':
          if (part.kind === undefined) await consent.withdraw(act, user, client, [part.scope]);
          else await consent.withdrawKinds(act, user, client, [part.kind]);
          break;
        case 'nothing':
          // Pressed twice, or in another window: it is as it was wanted.
          break;
      }
      return redirect(pathWith(here, { withdrawn: nameOf(part) }));
    });

  const ask = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, request.path, async (member) => {
      const connection = await requireConnection(deps, request, member);
      const here = `${PATH}/${connection.client}`;
      if (connection.held.length === 0) return redirect(here);
      const { locale } = member.language;
      const words = connectionWords(locale).disconnect;
      const named = request.query().get('part');
      const part = partOf(named, named);
      return pages.page({
        locale,
        title: words.title,
        self: pathWith(`${here}/disconnect`, { part: part && nameOf(part) }),
        main: disconnectPage({
          words,
          csrf: formToken(deps, member.cookie),
          connection,
          because: part && becauseOf(connection, part, locale),
        }),
      });
    });

  const disconnect = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { client } = await requireConnection(deps, request, member);
      const user = member.session.user.id;
      await consent.withdraw(actOf(request, clock.now(), user), user, client, null);
      return redirect(pathWith(PATH, { disconnected: client }));
    });

  const one = `${PATH}/:clientId`;
  return [
    { method: 'POST', path: `${one}/withdraw`, surface: 'page', body: 'form', handle: withdraw },
    { method: 'GET', path: `${one}/disconnect`, surface: 'page', body: 'none', handle: ask },
    { method: 'POST', path: `${one}/disconnect`, surface: 'page', body: 'form', handle: disconnect },
  ];
}

/** A form names either; a link names one word, and no scope is called like a kind. */
function partOf(scopeName: string | undefined, kindNamed: string | undefined): Part | null {
  const scope = SCOPES.find((one) => one === scopeName);
  if (scope !== undefined) return { scope };
  const kind = HEALTH_KINDS.find((one) => one === kindNamed);
  return kind === undefined ? null : { kind };
}

const nameOf = (part: Part): string => part.kind ?? part.scope;

function becauseOf(
  { held }: { held: Parameters<typeof withdrawalEffect>[0] },
  part: Part,
  locale: Locale,
): DisconnectPage['because'] {
  const effect = withdrawalEffect(held, part);
  if (effect !== 'ends-required' && effect !== 'ends-last') return null;
  return { what: part.kind === undefined ? scopeAllows(part.scope, locale) : kindName(part.kind, locale), effect };
}
