import type { ConsentEvent } from '#consent';
import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { ClientId } from '#kernel';
import type { AccountDeps } from '../deps.ts';
import { forMember, type Member } from '../member.ts';
import { requireConnection } from '../own-connection.ts';
import { recordPage } from '../pages/record.ts';
import { recordFile } from '../record-file.ts';
import { connectionWords } from '../words/connections.ts';

const PAGE = 30;
/** Events in one file; the file names the next one. */
const FILE = 2000;
const CURSOR = /^[0-9a-z]{26}$/;

/** 동의 기록: of one application and of all, as pages and as files. */
export function recordRoutes(deps: AccountDeps): Route[] {
  const { consent, pages, clock } = deps;

  /** One more than is shown is read, to know whether there are older ones. */
  async function read(
    request: HttpRequest,
    { session }: Member,
    client: ClientId | null,
    most: number,
  ): Promise<{ events: readonly ConsentEvent[]; before: string | null; older: string | null }> {
    const asked = request.query().get('before') ?? '';
    const before = CURSOR.test(asked) ? asked : null;
    const found = await consent.record(session.user.id, { client, before, most: most + 1 });
    const events = found.slice(0, most);
    return { events, before, older: found.length > most ? (events.at(-1)?.id ?? null) : null };
  }

  async function show(
    request: HttpRequest,
    member: Member,
    of: { client: ClientId; name: string } | null,
  ): Promise<HttpAnswer> {
    const { locale } = member.language;
    const words = connectionWords(locale).record;
    const { events, before, older } = await read(request, member, of?.client ?? null, PAGE);
    const path = of === null ? '/account/consents' : `/account/connections/${of.client}/history`;
    return pages.page({
      locale,
      title: words.title,
      self: before === null ? path : `${path}?before=${before}`,
      main: recordPage({
        words,
        locale,
        of,
        events,
        path,
        downloadPath: `${path}.json`,
        older,
        isFirst: before === null,
      }),
    });
  }

  async function download(request: HttpRequest, member: Member, client: ClientId | null): Promise<HttpAnswer> {
    const at = clock.now();
    const { events, older } = await read(request, member, client, FILE);
    const next = older === null ? null : `${request.path}?before=${older}`;
    const file = recordFile({ user: member.session.user.id, at, events, next });
    const day = new Date(at).toISOString().slice(0, 10);
    return {
      status: 200,
      type: 'application/json; charset=utf-8',
      headers: { 'Content-Disposition': `attachment; filename="consents-${day}.json"` },
      body: `${JSON.stringify(file, null, 2)}\n`,
    };
  }

  const ofAll =
    (answer: (request: HttpRequest, member: Member, of: null) => Promise<HttpAnswer>) =>
    (request: HttpRequest): Promise<HttpAnswer> =>
      forMember(deps, request, '/account/consents', (member) => answer(request, member, null));

  const history = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, request.path, async (member) =>
      show(request, member, await requireConnection(deps, request, member)),
    );
  const historyFile = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, '/account/connections', async (member) =>
      download(request, member, (await requireConnection(deps, request, member)).client),
    );

  const one = '/account/connections/:clientId/history';
  return [
    { method: 'GET', path: '/account/consents', surface: 'page', body: 'none', handle: ofAll(show) },
    { method: 'GET', path: '/account/consents.json', surface: 'page', body: 'none', handle: ofAll(download) },
    { method: 'GET', path: one, surface: 'page', body: 'none', handle: history },
    { method: 'GET', path: `${one}.json`, surface: 'page', body: 'none', handle: historyFile },
  ];
}
