import {
  type Connection,
  type ConsentClient,
  type ConsentEvent,
  HEALTH_KINDS,
  type HealthKind,
  noticeFor,
} from '#consent';
import { type ClientId, DAY, type Locale, MINUTE, SCOPES, type ScopeName, type UserMuid } from '#kernel';
import type { Pages } from '#signin';
import { type ConnectionPage, connectionPage } from '../../src/account/pages/connection.ts';
import { connectionsPage } from '../../src/account/pages/connections.ts';
import { type DisconnectPage, disconnectPage } from '../../src/account/pages/disconnect.ts';
import { recordPage } from '../../src/account/pages/record.ts';
import { connectionWords } from '../../src/account/words/connections.ts';
import type { Sample } from './samples.ts';

const NOW = Date.UTC(2026, 2, 2, 9, 5);
const LONG_NAME = '서울특별시 국민건강 통합관리 혈압·혈당 기록수첩 프리미엄 에디션 이천이십육년도 개정판 모바일';

let made = 0;
const clientId = (): ClientId => (++made).toString(16).padStart(32, 'a') as ClientId;

interface Wish {
  readonly name: string;
  readonly owner: string;
  readonly written?: boolean;
  readonly status?: Connection['status'];
  readonly required?: readonly ScopeName[];
  readonly optional?: readonly ScopeName[];
  readonly kinds?: readonly HealthKind[];
  readonly used?: number | null;
}

const LONG_PURPOSE = '혈압과 혈당 변화를 그래프로 보여 주고, 정해진 범위를 벗어나면 회원님과 보호자에게 알리기';

function clientOf({ name, owner, written = false, required = [] }: Wish): ConsentClient {
  return {
    id: clientId(),
    name,
    ownerId: 'b'.repeat(32) as UserMuid,
    ownerName: owner,
    status: 'ACTIVE',
    scopes: SCOPES.map((scope) => ({
      scope,
      level: required.includes(scope) ? 'REQUIRED' : 'OPTIONAL',
      purpose: written ? LONG_PURPOSE : '',
      retention: written ? '서비스를 탈퇴한 날부터 30일까지' : '',
      refusalEffect: written ? '거부하면 변화 그래프와 알림을 쓸 수 없습니다.' : '',
    })),
  };
}

function connectionOf(wish: Wish, locale: Locale): Connection {
  const client = clientOf(wish);
  const held = [...(wish.required ?? []), ...(wish.optional ?? [])];
  return {
    client: client.id,
    name: wish.name,
    ownerName: wish.owner,
    status: wish.status ?? 'ACTIVE',
    connectedAt: NOW - 40 * DAY,
    lastUsedAt: wish.used === undefined ? NOW - 35 * MINUTE : wish.used,
    held: client.scopes
      .filter(({ scope }) => held.includes(scope))
      .map((of) => ({
        scope: of.scope,
        kinds: of.scope === 'HEALTH' ? (wish.kinds ?? HEALTH_KINDS) : [],
        since: NOW - 40 * DAY,
        expiresAt: of.scope === 'HEALTH' ? NOW + 325 * DAY : null,
        notice: noticeFor(client, of, locale),
      })),
  };
}

const NOTEBOOK: Wish = {
  name: '건강수첩',
  owner: '주식회사 한빛헬스케어',
  written: true,
  required: ['PROFILE'],
  optional: ['DEVICE', 'HEALTH'],
  kinds: ['BLOOD_PRESSURE', 'GLUCOSE', 'CARDIO'],
};
const SMALL: Wish = { name: '걷기 모임', owner: '김하늘', required: ['PROFILE'], status: 'PENDING', used: null };
const STOPPED: Wish = {
  name: '혈당 알리미',
  owner: '늘봄소프트',
  required: ['PROFILE', 'HEALTH'],
  status: 'SUSPENDED',
};
const LONG: Wish = {
  name: LONG_NAME,
  owner: LONG_NAME,
  written: true,
  required: ['PROFILE'],
  optional: ['DRIVE', 'GROUP', 'HEALTH'],
};

const list =
  (wishes: readonly Wish[], gone: string | null = null): Sample =>
  (pages, locale) => {
    const words = connectionWords(locale);
    const connections = wishes.map((wish) => connectionOf(wish, locale));
    const main = connectionsPage({ words, locale, brand: pages.brand.name, connections, gone });
    return pages.page({ locale, title: words.list.title, self: '/account/connections', main });
  };

const details =
  (wish: Wish, more: (locale: Locale) => Partial<ConnectionPage> = () => ({})): Sample =>
  (pages, locale) => {
    const words = connectionWords(locale);
    const connection = connectionOf(wish, locale);
    const main = connectionPage({ words, locale, csrf: '', connection, withdrawn: null, ...more(locale) });
    return pages.page({ locale, title: words.list.title, self: '/account/connections', main });
  };

const disconnect =
  (wish: Wish, because: (locale: Locale) => DisconnectPage['because']): Sample =>
  (pages, locale) => {
    const words = connectionWords(locale).disconnect;
    const main = disconnectPage({ words, csrf: '', connection: connectionOf(wish, locale), because: because(locale) });
    return pages.page({ locale, title: words.title, self: '/account/connections', main });
  };

/** Newest first, as the store gives them; the English page shows a Korean notice as it was shown. */
function events(wish: Wish): ConsentEvent[] {
  const client = clientOf(wish);
  const event = (
    day: number,
    scope: ScopeName,
    action: ConsentEvent['action'],
    more: Partial<ConsentEvent> = {},
  ): ConsentEvent => {
    const of = client.scopes.find((one) => one.scope === scope);
    const isAnswer = action === 'GRANT' || action === 'DENY';
    const id = (++made).toString(36).padStart(26, '0');
    return {
      id,
      at: NOW + day * DAY,
      client: client.id,
      clientName: wish.name,
      scope,
      action,
      basis: scope === 'HEALTH' ? 'SENSITIVE' : 'THIRD_PARTY',
      kinds: [],
      expiresAt: null,
      notice: isAnswer && of !== undefined ? { ...noticeFor(client, of, 'ko'), id: `3f2a91c07be4${id}` } : null,
      actor: { kind: 'user', ip: null, userAgent: null, requestId: `r${day}` },
      ...more,
    };
  };
  return [
    event(400, 'HEALTH', 'EXPIRE', {
      kinds: ['BLOOD_PRESSURE'],
      expiresAt: NOW + 365 * DAY,
      actor: { kind: 'system', ip: null, userAgent: null, requestId: null },
    }),
    event(12, 'DEVICE', 'WITHDRAW'),
    event(5, 'HEALTH', 'WITHDRAW', { kinds: ['GLUCOSE'] }),
    event(0, 'PROFILE', 'GRANT'),
    event(0, 'DEVICE', 'GRANT'),
    event(0, 'GROUP', 'DENY'),
    event(0, 'HEALTH', 'GRANT', { kinds: ['BLOOD_PRESSURE', 'GLUCOSE'], expiresAt: NOW + 365 * DAY }),
  ];
}

const record =
  (found: readonly ConsentEvent[], ofOne: boolean, open = false): Sample =>
  (pages: Pages, locale: Locale) => {
    const words = connectionWords(locale).record;
    const [first] = found;
    const main = recordPage({
      words,
      locale,
      of: ofOne && first !== undefined ? { client: first.client, name: first.clientName } : null,
      events: found,
      path: '/account/consents',
      downloadPath: '/account/consents.json',
      older: found.length > 0 ? (found.at(-1)?.id ?? null) : null,
      isFirst: true,
    });
    const answer = pages.page({ locale, title: words.title, self: '/account/consents', main });
    // What is folded can not be looked at.
    if (!open || typeof answer.body !== 'string') return answer;
    return { ...answer, body: answer.body.replaceAll('<details>', '<details open>') };
  };

export const CONNECTION_SAMPLES: Readonly<Record<string, Sample>> = {
  connections: list([NOTEBOOK, SMALL, STOPPED]),
  'connections-empty': list([]),
  'connections-gone': list([], '건강수첩'),
  'connections-long-name': list([LONG, NOTEBOOK]),
  'connections-details': details(NOTEBOOK),
  'connections-details-withdrawn': details(
    { ...NOTEBOOK, optional: ['HEALTH'], kinds: ['BLOOD_PRESSURE'] },
    (locale) => ({
      withdrawn: locale === 'ko' ? '사용중인 디바이스 정보 보기' : 'See the devices that you use',
    }),
  ),
  'connections-details-in-review': details(SMALL),
  'connections-details-stopped': details(STOPPED),
  'connections-details-apart': details({ ...NOTEBOOK, required: [], optional: [] }),
  'connections-details-long-name': details(LONG),
  'connections-disconnect': disconnect(NOTEBOOK, () => null),
  'connections-disconnect-required': disconnect(NOTEBOOK, (locale) => ({
    what:
      locale === 'ko'
        ? '아이디, 이메일주소, 이름, 성별, 생일 보기'
        : 'See your login ID, e-mail address, name, gender and birthday',
    effect: 'ends-required',
  })),
  'connections-record': record(events(NOTEBOOK), false, false),
  'connections-record-open': record(events(NOTEBOOK), true, true),
  'connections-record-long-name': record(events(LONG), false, false),
  'connections-record-empty': record([], false),
};
