import { type Connection, HEALTH_KINDS, kindName, scopeAllows } from '#consent';
import type { HttpAnswer, HttpRequest, Route } from '#http';
import { asClientId, type Locale, SCOPES } from '#kernel';
import { formToken } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forMember, type Member } from '../member.ts';
import { requireConnection } from '../own-connection.ts';
import { connectionPage } from '../pages/connection.ts';
import { connectionsPage } from '../pages/connections.ts';
import { connectionWords } from '../words/connections.ts';

const PATH = '/account/connections';

/** 연결된 앱: the list, and each application. */
export function connectionRoutes(deps: AccountDeps): Route[] {
  const { consent, pages } = deps;

  /** The name of what was disconnected just now; the query is believed only as far as it is true. */
  async function goneOf(request: HttpRequest, { session, language }: Member): Promise<string | null> {
    const client = asClientId(request.query().get('disconnected') ?? '');
    const found = client === null ? null : await consent.connection(session.user.id, client, language.locale);
    return found?.held.length === 0 ? found.name : null;
  }

  const list = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { locale } = member.language;
      const words = connectionWords(locale);
      const [connections, gone] = await Promise.all([
        consent.connections(member.session.user.id),
        goneOf(request, member),
      ]);
      return pages.page({
        locale,
        title: words.list.title,
        self: PATH,
        main: connectionsPage({ words, locale, brand: pages.brand.name, connections, gone }),
      });
    });

  const details = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, request.path, async (member) => {
      const connection = await requireConnection(deps, request, member);
      const { locale } = member.language;
      const words = connectionWords(locale);
      return pages.page({
        locale,
        title: words.list.title,
        self: `${PATH}/${connection.client}`,
        main: connectionPage({
          words,
          locale,
          csrf: formToken(deps, member.cookie),
          connection,
          withdrawn: withdrawnWords(request.query().get('withdrawn'), connection, locale),
        }),
      });
    });

  return [
    { method: 'GET', path: PATH, surface: 'page', body: 'none', handle: list },
    { method: 'GET', path: `${PATH}/:clientId`, surface: 'page', body: 'none', handle: details },
  ];
}

/** What was withdrawn just now, in the user's words; null where it is held after all. */
function withdrawnWords(named: string | undefined, { held }: Connection, locale: Locale): string | null {
  const scope = SCOPES.find((one) => one === named);
  if (scope !== undefined) return held.some((one) => one.scope === scope) ? null : scopeAllows(scope, locale);
  const kind = HEALTH_KINDS.find((one) => one === named);
  if (kind === undefined || held.some(({ kinds }) => kinds.includes(kind))) return null;
  return kindName(kind, locale);
}
