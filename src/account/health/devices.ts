import type { HttpAnswer, HttpRequest, Route } from '#http';
import { asDeviceMuid, newSortableId, PageError } from '#kernel';
import { actOf, redirect } from '#signin';
import { forMember, type Member } from '../member.ts';
import type { HealthPagesDeps } from './deps.ts';
import { type DevicesPage, devicesPage } from './devices-page.ts';
import { showPage, shownTo } from './page.ts';

const PATH = '/account/devices';
const NAME_MOST = 64;
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

type Found = Pick<DevicesPage, 'alarm' | 'errors' | 'typed'>;
const NOTHING: Found = { alarm: null, errors: {}, typed: { muid: '', nickname: '' } };

export function devicePages(deps: HealthPagesDeps): Route[] {
  const { devices } = deps.own;

  async function show(member: Member, done: string | null, found: Found): Promise<HttpAnswer> {
    const shown = shownTo(deps, member);
    const { words, csrf } = shown;
    const failed = found.alarm !== null || Object.keys(found.errors).length > 0;
    const held = await devices.of(member.session.user.id);
    const main = devicesPage({ words, csrf, devices: held, done, ...found });
    return showPage(deps, shown, { title: words.devices.title, self: PATH, main, failed });
  }

  const get = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { done } = shownTo(deps, member).words.devices;
      const what = request.query().get('done') ?? '';
      return show(member, Object.hasOwn(done, what) ? done[what as keyof typeof done] : null, NOTHING);
    });

  const add = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { problems } = shownTo(deps, member).words.devices;
      const typed = { muid: request.form.get('device') ?? '', nickname: request.form.get('nickname') ?? '' };
      const device = asDeviceMuid(typed.muid.replaceAll(/[\s-]/g, '').toLowerCase());
      const nickname = typed.nickname.trim() === '' ? null : nameOf(typed.nickname);
      const errors = {
        ...(device === null ? { muid: problems.muid } : {}),
        ...(nickname === undefined ? { nickname: problems.nickname } : {}),
        ...(request.form.get('agree') === 'on' ? {} : { agree: problems.agree }),
      };
      if (device === null || nickname === undefined || Object.keys(errors).length > 0) {
        return show(member, null, { alarm: null, errors, typed });
      }
      const { id: user } = member.session.user;
      const now = deps.clock.now();
      const added = await devices.add(actOf(request, now, user), user, { device, id: newSortableId(now), nickname });
      if (added === null) return show(member, null, { alarm: problems.unknown, errors: {}, typed });
      return redirect(`${PATH}?done=added`);
    });

  const changed =
    (what: 'renamed' | 'removed') =>
    (request: HttpRequest): Promise<HttpAnswer> =>
      forMember(deps, request, PATH, async (member) => {
        const { id: user } = member.session.user;
        const device = asDeviceMuid(request.pathParams['device'] ?? '');
        const act = actOf(request, deps.clock.now(), user);
        const name = nameOf(request.form.get(`nickname-${device ?? ''}`) ?? '');
        if (what === 'renamed' && (name === undefined || name === null)) {
          const { problems } = shownTo(deps, member).words.devices;
          return show(member, null, { ...NOTHING, alarm: problems.nickname });
        }
        const done =
          device !== null &&
          (what === 'removed'
            ? await devices.remove(act, user, device)
            : await devices.rename(act, user, device, name ?? ''));
        if (!done) throw new PageError('not-found', 404, { reason: 'malformed' });
        return redirect(`${PATH}?done=${what}`);
      });

  return [
    { method: 'GET', path: PATH, surface: 'page', body: 'none', handle: get },
    { method: 'POST', path: PATH, surface: 'page', body: 'form', handle: add },
    { method: 'POST', path: `${PATH}/:device/name`, surface: 'page', body: 'form', handle: changed('renamed') },
    { method: 'POST', path: `${PATH}/:device/remove`, surface: 'page', body: 'form', handle: changed('removed') },
  ];
}

/** Undefined for what can be no name. */
function nameOf(text: string): string | null | undefined {
  const name = text.normalize('NFC').trim();
  return name === '' || [...name].length > NAME_MOST || HIDDEN.test(name) ? undefined : name;
}
