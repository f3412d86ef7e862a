import type {
  AuditEntry,
  ClientContent,
  ClientDetail,
  DeveloperNotice,
  FoundUser,
  HistoryEvent,
  Locale,
  Secret,
} from '../../contracts/console/index.ts';

/** Made-up clients, people and events for looking at the console. Nothing of it is ever shipped. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
export const NOW = Date.UTC(2026, 10, 24, 2, 30);

export interface Row {
  client: ClientDetail;
  secrets: Secret[];
  history: HistoryEvent[];
  ownerMuid: string;
  decided: boolean;
}

const muid = (digit: string): string => digit.repeat(32);
const hash = (seed: string): string => `${seed}${'x'.repeat(43 - seed.length)}`;

export const PEOPLE = (locale: Locale) =>
  locale === 'ko'
    ? { developer: '한결소프트', operator: '김운영', other: '서울의료정보', third: '이하늘' }
    : { developer: 'Hangyeol Software', operator: 'Minseo Kim', other: 'Seoul Health Data', third: 'Haneul Lee' };

export const DEVELOPER = muid('d');
export const OPERATOR = muid('0');
export const OTHER = muid('e');

const scope = (
  name: ClientContent['scopes'][number]['scope'],
  texts: Partial<Omit<ClientContent['scopes'][number], 'scope'>> = {},
): ClientContent['scopes'][number] => ({
  scope: name,
  level: 'REQUIRED',
  purpose: '',
  retention: '',
  refusalEffect: '',
  ...texts,
});

function detail(id: string, content: ClientContent, more: Partial<ClientDetail>): ClientDetail {
  return {
    id,
    ...content,
    status: 'PENDING',
    createdAt: NOW - 20 * DAY,
    updatedAt: NOW - 2 * DAY,
    version: 1,
    liveVersion: null,
    newestVersion: 1,
    contentHash: hash(id.slice(0, 8)),
    pending: null,
    lastDecision: null,
    scopeVerdicts: [],
    allowances: [],
    connectedUsers: 0,
    warnings: [],
    ...more,
  };
}

/** A fresh world in one language. */
export function sampleRows(locale: Locale): Row[] {
  const ko = locale === 'ko';
  const diary: ClientContent = {
    name: ko ? '혈압 일기' : 'Pressure Diary',
    description: ko
      ? '매일 잰 혈압을 기록하고 그래프로 보여 줍니다. 병원에 보여 줄 요약도 만듭니다.'
      : 'Keeps your daily blood pressure, plots it, and makes a summary to show your doctor.',
    type: 'web',
    requirePkce: false,
    redirectUris: ['https://diary.example.com/login/callback'],
    scopes: [
      scope('PROFILE'),
      scope('HEALTH', {
        level: 'OPTIONAL',
        purpose: ko ? '혈압 변화를 그래프로 보여 줍니다.' : 'To plot your blood pressure over time.',
        retention: ko ? '탈퇴할 때까지' : 'Until you leave the service',
        refusalEffect: ko
          ? '거부하면 직접 잰 값을 손으로 입력해야 합니다.'
          : 'If you refuse, you enter measurements by hand.',
      }),
    ],
    methods: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
  };
  const watch: ClientContent = {
    ...diary,
    name: ko ? '걷기 친구' : 'Walking Friend',
    description: ko ? '함께 걷는 사람들의 기록을 모아 보여 줍니다.' : 'Walk together, and see how far everybody came.',
    type: 'native',
    requirePkce: true,
    redirectUris: ['com.example.walk:/callback'],
    scopes: [
      scope('PROFILE'),
      scope('GROUP', { purpose: ko ? '함께 걷는 그룹을 보여 줍니다.' : 'To show the groups you walk with.' }),
    ],
  };
  const board: ClientContent = {
    ...diary,
    name: ko ? '검진 결과 모아보기' : 'Check-up Board',
    description: ko ? '건강검진 결과 파일을 한곳에 모읍니다.' : 'Keeps the results of your check-ups in one place.',
    redirectUris: ['https://board.example.com/callback'],
    scopes: [scope('PROFILE'), scope('DRIVE'), scope('HEALTH')],
    methods: ['AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN'],
  };
  const clinic: ClientContent = {
    ...diary,
    name: ko ? '동네 의원 예약' : 'Clinic Booking',
    description: ko ? '가까운 의원을 찾아 예약합니다.' : 'Find a clinic near you and book.',
    redirectUris: ['https://clinic.example.org/oauth/callback'],
    scopes: [scope('PROFILE')],
    methods: ['AUTHORIZATION_CODE'],
  };
  const changed: ClientContent = {
    ...diary,
    name: diary.name,
    description: ko
      ? '매일 잰 혈압과 혈당을 기록하고 그래프로 보여 줍니다. 병원에 보여 줄 요약도 만듭니다.'
      : 'Keeps your daily blood pressure and glucose, plots them, and makes a summary to show your doctor.',
    redirectUris: ['https://diary.example.com/login/callback', 'https://app.diary.example.com/callback'],
    scopes: diary.scopes.map((one) =>
      one.scope === 'HEALTH'
        ? {
            ...one,
            purpose: ko
              ? '혈압과 혈당 변화를 그래프로 보여 줍니다.'
              : 'To plot your blood pressure and glucose over time.',
          }
        : one,
    ),
  };
  const refusal = ko
    ? 'DRIVE 전체가 필요한 이유를 알 수 없습니다. 결과 파일만 읽는다면 DRIVE_READONLY로 바꿔 주세요.\nHEALTH의 이용 목적과 보유 기간을 적어 주세요.'
    : 'It is not clear why all of DRIVE is needed. If you only read result files, ask for DRIVE_READONLY.\nState purpose and retention for HEALTH.';
  const secretName = ko ? '기본' : 'default';
  const secrets = (id: string): Secret[] => [
    {
      id: `s${id.slice(0, 6)}1`,
      name: secretName,
      value: `9f86d081884c7d659a2feaa0c55ad0${id.slice(0, 2)}`,
      createdAt: NOW - 20 * DAY,
      expiresAt: null,
      lastUsedAt: NOW - 3 * HOUR,
    },
  ];
  const version = (n: number, at: number, more: Partial<Extract<HistoryEvent, { kind: 'version' }>>): HistoryEvent => ({
    kind: 'version',
    id: `v${n}`,
    at,
    by: 'owner',
    version: n,
    state: 'APPROVED',
    live: false,
    changed: [],
    ...more,
  });
  const decision = (
    n: number,
    at: number,
    more: Partial<Extract<HistoryEvent, { kind: 'decision' }>>,
  ): HistoryEvent => ({
    kind: 'decision',
    id: `d${n}${at}`,
    at,
    by: 'operator',
    version: n,
    action: 'approve',
    reason: '',
    scopeVerdicts: [],
    ...more,
  });
  return [
    {
      ownerMuid: DEVELOPER,
      decided: true,
      client: detail('a3f1c09b5d7e4286b0c91d2e3f4a5b6c', diary, {
        status: 'ACTIVE',
        version: 2,
        liveVersion: 2,
        newestVersion: 3,
        connectedUsers: 1284,
        pending: {
          version: 3,
          content: changed,
          contentHash: hash('pending3'),
          submittedAt: NOW - 5 * HOUR,
          changed: ['description', 'purpose', 'redirectUris'],
        },
        lastDecision: { action: 'approve', version: 2, reason: '', decidedAt: NOW - 9 * DAY },
        scopeVerdicts: [
          { scope: 'PROFILE', verdict: 'APPROVED', reason: '' },
          { scope: 'HEALTH', verdict: 'APPROVED', reason: '' },
        ],
      }),
      secrets: [
        ...secrets('a3f1c0'),
        {
          id: 'sold1',
          name: ko ? '옛 서버' : 'old server',
          value: '0b1c2d3e4f5a69788796a5b4c3d2e1f0',
          createdAt: NOW - 200 * DAY,
          expiresAt: NOW + 20 * HOUR,
          lastUsedAt: null,
        },
      ],
      history: [
        version(3, NOW - 5 * HOUR, { state: 'PENDING', changed: ['description', 'purpose', 'redirectUris'] }),
        decision(2, NOW - 9 * DAY, {
          reason: ko ? '보유 기간을 분명히 적어 주셔서 승인합니다.' : 'Approved: the retention period is now clear.',
        }),
        version(2, NOW - 10 * DAY, { live: true, changed: ['retention'] }),
        decision(1, NOW - 18 * DAY, {}),
        version(1, NOW - 20 * DAY, {}),
      ],
    },
    {
      ownerMuid: DEVELOPER,
      decided: false,
      client: detail('5e9d7c6b4a3f42819c0d1e2f3a4b5c6d', watch, {
        createdAt: NOW - 2 * HOUR,
        updatedAt: NOW - 2 * HOUR,
      }),
      secrets: secrets('5e9d7c'),
      history: [version(1, NOW - 2 * HOUR, { state: 'PENDING' })],
    },
    {
      ownerMuid: DEVELOPER,
      decided: true,
      client: detail('c7b2a1908f6e4d5c9b8a7f6e5d4c3b2a', board, {
        status: 'REJECTED',
        warnings: ['implicit'],
        lastDecision: { action: 'reject', version: 1, reason: refusal, decidedAt: NOW - 1 * DAY },
        scopeVerdicts: [
          { scope: 'PROFILE', verdict: 'APPROVED', reason: '' },
          { scope: 'DRIVE', verdict: 'REFUSED', reason: ko ? '읽기만으로 충분합니다.' : 'Reading is enough.' },
          { scope: 'HEALTH', verdict: 'REFUSED', reason: ko ? '이용 목적이 없습니다.' : 'No purpose given.' },
        ],
      }),
      secrets: secrets('c7b2a1'),
      history: [
        decision(1, NOW - 1 * DAY, {
          action: 'reject',
          reason: refusal,
          scopeVerdicts: [
            { scope: 'DRIVE', verdict: 'REFUSED', reason: ko ? '읽기만으로 충분합니다.' : 'Reading is enough.' },
            { scope: 'HEALTH', verdict: 'REFUSED', reason: ko ? '이용 목적이 없습니다.' : 'No purpose given.' },
          ],
        }),
        version(1, NOW - 3 * DAY, { state: 'REJECTED' }),
      ],
    },
    {
      ownerMuid: OTHER,
      decided: false,
      client: detail('1d4e7f2a9b8c40d3a6e5f4c3b2a19080', clinic, {
        createdAt: NOW - 30 * HOUR,
        updatedAt: NOW - 30 * HOUR,
      }),
      secrets: secrets('1d4e7f'),
      history: [version(1, NOW - 30 * HOUR, { state: 'PENDING' })],
    },
    {
      ownerMuid: OTHER,
      decided: false,
      client: detail(
        '77aa88bb99cc40dd11ee22ff33aa44bb',
        {
          ...board,
          name: ko ? '가족 건강 지킴이' : 'Family Health Keeper',
          redirectUris: ['https://family.example.org/cb'],
        },
        {
          createdAt: NOW - 50 * HOUR,
          updatedAt: NOW - 50 * HOUR,
          warnings: ['implicit'],
        },
      ),
      secrets: secrets('77aa88'),
      history: [version(1, NOW - 50 * HOUR, { state: 'PENDING' })],
    },
  ];
}

export function sampleUsers(locale: Locale): FoundUser[] {
  const names = PEOPLE(locale);
  const user = (userMuid: string, userId: string, name: string, more: Partial<FoundUser>): FoundUser => ({
    userMuid,
    userId,
    name,
    email: `${userId}@example.com`,
    status: 'ACTIVE',
    roles: ['user'],
    createdAt: NOW - 300 * DAY,
    lastSeenAt: NOW - 2 * HOUR,
    clients: 0,
    self: false,
    ...more,
  });
  return [
    user(OPERATOR, 'operator', names.operator, { roles: ['user', 'operator'], self: true }),
    user(DEVELOPER, 'hangyeol', names.developer, { roles: ['user', 'developer'], clients: 3 }),
    user(OTHER, 'seoulhealth', names.other, { roles: ['user', 'developer'], clients: 2 }),
    user(muid('9'), 'haneul', names.third, { status: 'SUSPENDED', lastSeenAt: NOW - 40 * DAY }),
    user(muid('8'), 'gone2025', '–', { status: 'CLOSED', lastSeenAt: null, email: '–' }),
  ];
}

export function sampleNotices(locale: Locale): DeveloperNotice[] {
  const [diary, , board] = sampleRows(locale);
  if (diary === undefined || board === undefined) return [];
  return [
    {
      id: 'n2',
      at: NOW - 1 * DAY,
      kind: 'client-rejected',
      clientId: board.client.id,
      clientName: board.client.name,
      reason: board.client.lastDecision?.reason ?? '',
      refusedScopes: board.client.scopeVerdicts.filter(({ verdict }) => verdict === 'REFUSED'),
      readAt: null,
    },
    {
      id: 'n1',
      at: NOW - 9 * DAY,
      kind: 'change-approved',
      clientId: diary.client.id,
      clientName: diary.client.name,
      reason: '',
      refusedScopes: [],
      readAt: NOW - 8 * DAY,
    },
  ];
}

export function sampleAudit(locale: Locale): AuditEntry[] {
  const names = PEOPLE(locale);
  const entry = (n: number, action: string, more: Partial<AuditEntry>): AuditEntry => ({
    id: `a${String(1000 - n)}`,
    at: NOW - n * 17 * MINUTE,
    action,
    outcome: 'ok',
    actor: { kind: 'user', id: DEVELOPER, name: 'hangyeol' },
    subject: null,
    client: null,
    ip: '203.0.113.24',
    userAgent: 'Mozilla/5.0',
    requestId: `r-${(n * 7919).toString(36)}`,
    reason: null,
    sealed: n > 1,
    ...more,
  });
  const client = { id: 'a3f1c09b5d7e4286b0c91d2e3f4a5b6c', name: locale === 'ko' ? '혈압 일기' : 'Pressure Diary' };
  return [
    entry(0, 'client.secret-shown', { client }),
    entry(1, 'client.edited', { client }),
    entry(2, 'login.failed', {
      outcome: 'refused',
      actor: { kind: 'nobody', id: null, name: null },
      subject: { id: DEVELOPER, name: 'hangyeol' },
      reason: 'bad-user-credentials',
    }),
    entry(3, 'user.suspended', {
      actor: { kind: 'operator', id: OPERATOR, name: names.operator },
      subject: { id: muid('9'), name: 'haneul' },
    }),
    entry(4, 'token.issued', {
      actor: { kind: 'client', id: client.id, name: client.name },
      client,
      subject: { id: muid('9'), name: 'haneul' },
    }),
    entry(5, 'client.approved', { actor: { kind: 'operator', id: OPERATOR, name: names.operator }, client }),
    entry(6, 'key.rotated', { actor: { kind: 'system', id: null, name: null }, ip: null, requestId: null }),
    entry(7, 'consent.given', { client, subject: { id: muid('9'), name: 'haneul' } }),
  ];
}
