import type { Share } from '#apis/ports';
import { HEALTH_KINDS } from '#consent';
import type { HttpAnswer, HttpRequest, Route } from '#http';
import { foldLoginId } from '#identity';
import { asClientId, DAY, PageError } from '#kernel';
import { actOf, redirect } from '#signin';
import { forMember, type Member } from '../member.ts';
import { startOfDay } from './days.ts';
import type { HealthPagesDeps } from './deps.ts';
import { showPage, shownTo } from './page.ts';
import {
  applicationNotice,
  type ApplicationPage,
  applicationPage,
  type SharingPage,
  sharingPage,
} from './sharing-page.ts';

const PATH = '/account/sharing';
const MOST_SHARES = 100;
const LONGEST = 366 * DAY;
const LOGIN_MOST = 64;

type Found = Pick<SharingPage, 'alarm' | 'errors' | 'typed'>;
const NOTHING: Found = { alarm: null, errors: {}, typed: { login: '', kinds: [], day: '' } };

const gone = (): PageError => new PageError('not-found', 404, { reason: 'malformed' });

export function sharingPages(deps: HealthPagesDeps): Route[] {
  const { shares, asker } = deps.own;

  async function show(member: Member, done: string | null, found: Found): Promise<HttpAnswer> {
    const shown = shownTo(deps, member);
    const { words, csrf } = shown;
    const { id } = member.session.user;
    const now = deps.clock.now();
    const [given, received] = await Promise.all([shares.given(id, now), shares.received(id, now)]);
    const failed = found.alarm !== null || Object.keys(found.errors).length > 0;
    const { locale } = member.language;
    const main = sharingPage({ words, locale, csrf, given, received, done, ...found });
    return showPage(deps, shown, { title: words.sharing.title, self: PATH, main, failed });
  }

  const get = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { done } = shownTo(deps, member).words.sharing;
      const what = request.query().get('done') ?? '';
      return show(member, Object.hasOwn(done, what) ? done[what as keyof typeof done] : null, NOTHING);
    });

  const create = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { problems } = shownTo(deps, member).words.sharing;
      const { user } = member.session;
      const now = deps.clock.now();
      const login = (request.form.get('login') ?? '').trim();
      const folded = foldLoginId(login);
      const kinds = HEALTH_KINDS.filter((kind) => request.form.get(`kind-${kind}`) === 'on');
      const day = request.form.get('day') ?? '';
      const expiresAt = (startOfDay(day) ?? 0) + DAY;
      const errors = {
        ...(login === '' || login.length > LOGIN_MOST || folded === foldLoginId(user.loginId)
          ? { login: problems.login }
          : {}),
        ...(kinds.length === 0 ? { kinds: problems.kinds } : {}),
        ...(expiresAt <= now || expiresAt > now + LONGEST ? { day: problems.day } : {}),
      };
      const typed = { login, kinds, day };
      if (Object.keys(errors).length > 0) return show(member, null, { alarm: null, errors, typed });
      const wish = { owner: user.id, granteeLogin: login, granteeFolded: folded, roots: kinds, expiresAt };
      const made = await shares.create(actOf(request, now, user.id), { ...wish, most: MOST_SHARES });
      if (made === 'too-many') return show(member, null, { alarm: problems.tooMany, errors: {}, typed });
      return redirect(`${PATH}?done=created`);
    });

  const end = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async ({ session }) => {
      const act = actOf(request, deps.clock.now(), session.user.id);
      if (!(await shares.end(act, session.user.id, request.pathParams['share'] ?? ''))) throw gone();
      return redirect(`${PATH}?done=ended`);
    });

  const endApplication = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async ({ session }) => {
      const act = actOf(request, deps.clock.now(), session.user.id);
      const application = request.pathParams['application'] ?? '';
      if (!(await shares.endApplication(act, session.user.id, application))) throw gone();
      return redirect(`${PATH}?done=blocked`);
    });

  /** The share, if it is this member's, and the application, if there is one that others may be told of. */
  async function lookUp(member: Member, request: HttpRequest, clientId: string | undefined) {
    const given = await shares.given(member.session.user.id, deps.clock.now());
    const share = given.find(({ id }) => id === request.pathParams['share']);
    if (share === undefined) throw gone();
    const id = asClientId((clientId ?? '').trim());
    const found = id === null ? null : await asker(id);
    return { share, client: found?.client.status === 'ACTIVE' ? found.client : null };
  }

  const ask = (member: Member, share: Share, client: ApplicationPage['client'], missing: boolean): HttpAnswer => {
    const shown = shownTo(deps, member);
    const words = shown.words.sharing;
    const page = { words, locale: member.language.locale, csrf: shown.csrf, share, client, missing };
    const self = `${PATH}/${share.id}/application?client=${client.id}`;
    return showPage(deps, shown, { title: words.consent.title, self, main: applicationPage(page), failed: missing });
  };

  const look = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { share, client } = await lookUp(member, request, request.query().get('client'));
      if (client !== null) return ask(member, share, client, false);
      return show(member, null, { ...NOTHING, alarm: shownTo(deps, member).words.sharing.problems.client });
    });

  const allow = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { share, client } = await lookUp(member, request, request.form.get('client'));
      if (client === null) throw gone();
      if (request.form.get('agree') !== 'on') return ask(member, share, client, true);
      const { locale } = member.language;
      const words = shownTo(deps, member).words.sharing;
      const notice = applicationNotice({ words, locale, share, client });
      const { id: user } = member.session.user;
      const allowed = await shares.allowApplication(actOf(request, deps.clock.now(), user), user, {
        share: share.id,
        client: client.id,
        clientOwner: client.ownerId,
        clientName: client.name,
        recipient: client.ownerName,
        locale,
        wording: [words.consent.title, ...notice.map(([name, text]) => `${name}: ${text}`)].join('\n'),
      });
      if (!allowed) throw gone();
      return redirect(`${PATH}?done=allowed`);
    });

  const post = (path: string, handle: Route['handle']): Route => ({
    method: 'POST',
    path,
    surface: 'page',
    body: 'form',
    handle,
  });
  return [
    { method: 'GET', path: PATH, surface: 'page', body: 'none', handle: get },
    post(PATH, create),
    post(`${PATH}/:share/end`, end),
    { method: 'GET', path: `${PATH}/:share/application`, surface: 'page', body: 'none', handle: look },
    post(`${PATH}/:share/application`, allow),
    post(`${PATH}/application/:application/end`, endApplication),
  ];
}
