import type { Static, TSchema } from 'typebox';
import { Check, Errors } from 'typebox/value';
import {
  type ClientContent,
  type ClientDetail,
  contentProblems,
  contentWarnings,
  differencesBetween,
  ENDPOINTS,
  type Endpoint,
  type EndpointName,
  type Locale,
  normalContent,
  onlyNarrows,
  SCOPE_ALLOWS,
  type Session,
} from '../../contracts/console/index.ts';
import { contentOf } from '../features/client/content-of.ts';
import {
  DEVELOPER,
  NOW,
  OPERATOR,
  OTHER,
  PEOPLE,
  type Row,
  sampleAudit,
  sampleNotices,
  sampleRows,
  sampleUsers,
} from './sample-data.ts';

/** Who looks at the console: set in the cookie `fake-persona`. */
export type Persona = 'nobody' | 'user' | 'newcomer' | 'developer' | 'operator' | 'stale';

export interface FakeAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly csrf: string | undefined;
  readonly persona: Persona;
  readonly locale: Locale;
}

class Refusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly fields: unknown;
  constructor(status: number, error: string, fields?: unknown) {
    super(error);
    this.status = status;
    this.error = error;
    this.fields = fields;
  }
}

/**
 * A stand-in for `/api/v1` while there is no server: it keeps the contracts (each request and answer is checked by its
 * schema) and enough of the rules to walk through every page. For development only.
 */
export function createFakeApi(): (request: FakeRequest) => FakeAnswer {
  const worlds = new Map<string, World>();
  return (request) => {
    const key = `${request.locale} ${request.persona}`;
    const world = worlds.get(key) ?? openWorld(request.locale, request.persona);
    worlds.set(key, world);
    try {
      return handle(world, request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { status, error: code, fields } = error;
      const body = {
        status,
        method: request.method,
        path: request.path,
        errCode: true,
        message: code,
        timestamp: NOW,
        error: code,
      };
      return { status, body: fields === undefined ? body : { ...body, fields } };
    }
  };
}

interface World {
  readonly locale: Locale;
  persona: Persona;
  unlocked: boolean;
  rows: Row[];
  notices: ReturnType<typeof sampleNotices>;
  users: ReturnType<typeof sampleUsers>;
}

const openWorld = (locale: Locale, persona: Persona): World => ({
  locale,
  persona,
  unlocked: false,
  rows: persona === 'newcomer' ? [] : sampleRows(locale),
  notices: persona === 'newcomer' ? [] : sampleNotices(locale),
  users: sampleUsers(locale),
});

function handle(world: World, request: FakeRequest): FakeAnswer {
  if (world.persona === 'nobody') throw new Refusal(401, 'login_required');
  for (const [name, endpoint] of Object.entries(ENDPOINTS) as [EndpointName, Endpoint][]) {
    const params = match(endpoint, request);
    if (params === null) continue;
    if (request.method !== 'GET' && request.csrf !== 'fake-csrf') throw new Refusal(403, 'forged_request');
    if (endpoint.access === 'operator' && world.persona !== 'operator') throw new Refusal(403, 'not_allowed');
    if (endpoint.params !== undefined) must(endpoint.params, params, `${name} params`);
    if (endpoint.query !== undefined) must(endpoint.query, request.query, `${name} query`);
    if (endpoint.body !== undefined) must(endpoint.body, request.body, `${name} body`);
    const body = HANDLERS[name](world, { params, query: request.query, body: request.body });
    if (endpoint.answer !== null) must(endpoint.answer, body, `${name} answer`);
    return { status: endpoint.status, body };
  }
  throw new Refusal(404, 'not_found');
}

function must<Schema extends TSchema>(schema: Schema, value: unknown, what: string): asserts value is Static<Schema> {
  if (Check(schema, value)) return;
  throw new Error(`${what}: ${JSON.stringify(Errors(schema, value).slice(0, 3))}`);
}

function match(endpoint: Endpoint, request: FakeRequest): Record<string, string> | null {
  if (endpoint.method !== request.method) return null;
  const pattern = endpoint.path.split('/');
  const asked = request.path.split('/');
  if (pattern.length !== asked.length) return null;
  const params: Record<string, string> = {};
  for (const [at, segment] of pattern.entries()) {
    const text = decodeURIComponent(asked[at] ?? '');
    if (segment.startsWith(':')) params[segment.slice(1)] = text;
    else if (segment !== text) return null;
  }
  return params;
}

interface Call {
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
}

const me = (world: World): string => (world.persona === 'operator' ? OPERATOR : DEVELOPER);

function rowOf(world: World, call: Call, own: boolean): Row {
  const row = world.rows.find(({ client }) => client.id === call.params['id']);
  if (row === undefined || (own && row.ownerMuid !== me(world))) throw new Refusal(404, 'not_found');
  return row;
}

function session(world: World): Session {
  const names = PEOPLE(world.locale);
  const operator = world.persona === 'operator';
  return {
    user: {
      userMuid: me(world),
      userId: operator ? 'operator' : 'hangyeol',
      name: operator ? names.operator : names.developer,
      email: operator ? 'operator@example.com' : 'hangyeol@example.com',
      roles: operator ? ['user', 'operator'] : world.persona === 'user' ? ['user'] : ['user', 'developer'],
    },
    csrf: 'fake-csrf',
    brand: { name: 'MEDBIZ', icon: '/assets/icon.svg', fontStylesheet: '/assets/pretendard.css', docsUrl: '/docs' },
    publicUrl: 'https://auth.medbiz.example',
    locale: world.locale,
    secretDisplay: 'always',
    authenticatedAt: NOW,
    unreadNotices: world.notices.filter(({ readAt }) => readAt === null).length,
    waitingReviews: operator ? world.rows.filter(waits).length : null,
  };
}

const waits = ({ client }: Row): boolean => client.status === 'PENDING' || client.pending !== null;

function checked(content: ClientContent): ClientContent {
  const normal = normalContent(content);
  const problems = contentProblems(normal);
  if (problems.length > 0) throw new Refusal(400, 'invalid_request', problems);
  return normal;
}

let serial = 1;
const newHash = (): string => `h${serial++}${'y'.repeat(40)}`.slice(0, 43);

function edit(row: Row, content: ClientContent): void {
  const { client } = row;
  const changed = [...new Set(differencesBetween(contentOf(client), content).map(({ field }) => field))];
  const atOnce = client.status !== 'ACTIVE' || (client.pending === null && onlyNarrows(contentOf(client), content));
  const version = client.newestVersion + 1;
  const contentHash = newHash();
  row.history = [
    {
      kind: 'version',
      id: `v${version}`,
      at: NOW,
      by: 'owner',
      version,
      state: atOnce && client.status === 'ACTIVE' ? 'APPROVED' : 'PENDING',
      live: false,
      changed,
    },
    ...row.history,
  ];
  row.client = atOnce
    ? {
        ...client,
        ...content,
        version,
        newestVersion: version,
        contentHash,
        status: client.status === 'REJECTED' ? 'PENDING' : client.status,
        liveVersion: client.status === 'ACTIVE' ? version : null,
        warnings: [...contentWarnings(content)],
        updatedAt: NOW,
      }
    : {
        ...client,
        newestVersion: version,
        pending: { version, content, contentHash, submittedAt: NOW, changed },
        updatedAt: NOW,
      };
}

function reviewCase(world: World, row: Row): unknown {
  const { client } = row;
  const names = PEOPLE(world.locale);
  const pending = client.pending;
  const proposed =
    pending === null
      ? client.status === 'PENDING'
        ? {
            version: client.version,
            content: contentOf(client),
            contentHash: client.contentHash,
            submittedAt: client.updatedAt,
          }
        : null
      : {
          version: pending.version,
          content: pending.content,
          contentHash: pending.contentHash,
          submittedAt: pending.submittedAt,
        };
  return {
    client,
    asker: {
      userMuid: row.ownerMuid,
      userId: row.ownerMuid === OTHER ? 'seoulhealth' : 'hangyeol',
      name: row.ownerMuid === OTHER ? names.other : names.developer,
      email: row.ownerMuid === OTHER ? 'seoulhealth@example.com' : 'hangyeol@example.com',
      joinedAt: NOW - 300 * 86_400_000,
      clients: 3,
    },
    own: row.ownerMuid === me(world),
    live: client.liveVersion === null ? null : contentOf(client),
    proposed,
    differences: pending === null ? [] : differencesBetween(contentOf(client), pending.content),
    history: row.history,
    approvedVersions: [2, 1].filter((version) => version <= (client.liveVersion ?? 0)),
  };
}

const HANDLERS: Readonly<Record<EndpointName, (world: World, call: Call) => unknown>> = {
  readSession: (world) => session(world),
  readDeveloperTerms: ({ locale }) => ({
    version: '1',
    terms:
      locale === 'ko'
        ? [
            { title: '받은 목적대로만 씁니다', text: '사용자가 동의한 항목과 목적, 기간 안에서만 정보를 씁니다.' },
            { title: '끝나면 지웁니다', text: '사용자가 동의를 거두거나 연결을 해제하면 받은 정보를 바로 파기합니다.' },
          ]
        : [
            {
              title: 'Only for the stated purpose',
              text: 'You use information within the items, the purpose and the time that the user agreed to.',
            },
            {
              title: 'Destroyed at the end',
              text: 'When a user withdraws or disconnects, you destroy what you received without delay.',
            },
          ],
    agree: locale === 'ko' ? '[필수] 개발자 약관에 동의합니다' : '[Required] I agree to the terms for developers',
  }),
  agreeToDeveloperTerms: (world) => {
    world.persona = 'developer';
    return session(world);
  },
  listClients: (world) => ({
    items: world.rows
      .filter(({ ownerMuid }) => ownerMuid === me(world))
      .map(({ client }) => ({
        id: client.id,
        name: client.name,
        description: client.description,
        status: client.status,
        type: client.type,
        changePending: client.pending !== null,
        updatedAt: client.updatedAt,
        lastUsedAt: client.status === 'ACTIVE' ? NOW - 3_600_000 : null,
      })),
  }),
  registerClient: (world, { body }) => {
    const content = checked(body as ClientContent);
    const id = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    const client: ClientDetail = {
      id,
      ...content,
      status: 'PENDING',
      createdAt: NOW,
      updatedAt: NOW,
      version: 1,
      liveVersion: null,
      newestVersion: 1,
      contentHash: newHash(),
      pending: null,
      lastDecision: null,
      scopeVerdicts: [],
      allowances: [],
      connectedUsers: 0,
      warnings: [...contentWarnings(content)],
    };
    const secrets = [
      { id: 's1', name: 'default', value: '5f'.repeat(16), createdAt: NOW, expiresAt: null, lastUsedAt: null },
    ];
    const history: Row['history'] = [
      { kind: 'version', id: 'v1', at: NOW, by: 'owner', version: 1, state: 'PENDING', live: false, changed: [] },
    ];
    world.rows.push({ client, secrets, history, ownerMuid: me(world), decided: false });
    return { client, secret: null };
  },
  readClient: (world, call) => rowOf(world, call, true).client,
  editClient: (world, call) => {
    const row = rowOf(world, call, true);
    const { content, seen } = call.body as { content: ClientContent; seen: string };
    if (seen !== (row.client.pending?.contentHash ?? row.client.contentHash))
      throw new Refusal(409, 'changed_meanwhile');
    edit(row, checked(content));
    return row.client;
  },
  deleteClient: (world, call) => {
    const row = rowOf(world, call, true);
    if ((call.body as { name: string }).name !== row.client.name)
      throw new Refusal(400, 'invalid_request', [{ field: 'name', problem: 'different' }]);
    world.rows = world.rows.filter((other) => other !== row);
    return { done: true };
  },
  readClientHistory: (world, call) => ({ items: rowOf(world, call, true).history, approvedVersions: [2, 1] }),
  withdrawChange: (world, call) => {
    const row = rowOf(world, call, true);
    row.client = { ...row.client, pending: null };
    return row.client;
  },
  rollBackClient: (world, call) => rowOf(world, call, true).client,
  showSecrets: (world, call) => {
    const row = rowOf(world, call, true);
    const { password } = call.body as { password?: string };
    if (world.persona === 'stale' && !world.unlocked) {
      if (password === undefined) throw new Refusal(403, 'login_again');
      if (password !== 'password') throw new Refusal(403, 'wrong_password');
      world.unlocked = true;
    }
    return { items: row.secrets };
  },
  makeSecret: (world, call) => {
    const row = rowOf(world, call, true);
    const { name, overlapHours } = call.body as { name: string; overlapHours?: number };
    const made = {
      id: `s${serial++}`,
      name,
      value: '7e'.repeat(16),
      createdAt: NOW,
      expiresAt: null,
      lastUsedAt: null,
    };
    const others =
      overlapHours === undefined
        ? row.secrets
        : row.secrets.map((one) => ({ ...one, expiresAt: NOW + overlapHours * 3_600_000 }));
    row.secrets = [made, ...(overlapHours === 0 ? [] : others)];
    return made;
  },
  endSecret: (world, call) => {
    const row = rowOf(world, call, true);
    row.secrets = row.secrets.filter(({ id }) => id !== call.params['secretId']);
    return { done: true };
  },
  previewConsent: (world, call) => {
    const { content, locale, client } = call.body as { content: ClientContent; locale: Locale; client?: string };
    const owner = world.rows.find((row) => row.client.id === client)?.ownerMuid;
    const recipient = owner === OTHER ? PEOPLE(world.locale).other : PEOPLE(world.locale).developer;
    const ko = locale === 'ko';
    const [uri] = content.redirectUris;
    return {
      locale,
      clientName: content.name,
      recipient,
      destination: uri !== undefined && URL.canParse(uri) ? new URL(uri).host || new URL(uri).protocol : null,
      notices: content.scopes.map(({ scope, level, purpose, retention, refusalEffect }) => ({
        scope,
        allows: SCOPE_ALLOWS[locale][scope],
        required: level === 'REQUIRED',
        sensitive: scope === 'HEALTH',
        recipient,
        purpose: purpose || (ko ? '회원 확인과 로그인' : 'To recognise you and log you in'),
        items: ko
          ? ['회원 식별번호', '아이디', '이메일', '이름']
          : ['member identifier', 'login ID', 'e-mail address', 'name'],
        retention:
          retention ||
          (ko ? '연결을 해제하거나 서비스를 탈퇴할 때까지' : 'Until you disconnect the app or leave the service'),
        refusalEffect:
          refusalEffect ||
          (ko ? '거부하면 이 앱에 로그인할 수 없습니다.' : 'If you refuse, you can not log in to this app.'),
      })),
      refreshes: content.methods.includes('REFRESH_TOKEN'),
      healthDays: 365,
    };
  },
  listNotices: (world) => ({ items: world.notices }),
  readNotice: (world, call) => {
    world.notices = world.notices.map((notice) =>
      notice.id === call.params['id'] ? { ...notice, readAt: NOW } : notice,
    );
    return { done: true };
  },
  readReviewQueue: (world) => ({
    items: world.rows
      .filter(waits)
      .map(({ client, ownerMuid }) => ({
        clientId: client.id,
        name: client.name,
        kind: client.pending === null ? 'new' : 'change',
        submittedAt: client.pending?.submittedAt ?? client.updatedAt,
        asker: {
          userId: ownerMuid === OTHER ? 'seoulhealth' : 'hangyeol',
          name: ownerMuid === OTHER ? PEOPLE(world.locale).other : PEOPLE(world.locale).developer,
        },
        scopes: client.scopes.map(({ scope }) => scope),
        methods: client.methods,
        changed: client.pending?.changed ?? [],
        own: false,
      }))
      .toSorted((a, b) => a.submittedAt - b.submittedAt),
  }),
  findClients: (world, { query }) => ({
    items: world.rows
      .filter(
        ({ client }) =>
          client.name.includes(query['query'] ?? '') && (query['status'] ?? client.status) === client.status,
      )
      .map(({ client, ownerMuid }) => ({
        id: client.id,
        name: client.name,
        status: client.status,
        owner: {
          userId: ownerMuid === OTHER ? 'seoulhealth' : 'hangyeol',
          name: ownerMuid === OTHER ? PEOPLE(world.locale).other : PEOPLE(world.locale).developer,
        },
        connectedUsers: client.connectedUsers,
        changePending: client.pending !== null,
        updatedAt: client.updatedAt,
      })),
    more: false,
  }),
  readReviewCase: (world, call) => reviewCase(world, rowOf(world, call, false)),
  decide: (world, call) => {
    const row = rowOf(world, call, false);
    const { action, reason, version, scopeVerdicts } = call.body as {
      action: 'approve' | 'reject';
      reason: string;
      version: number;
      scopeVerdicts: ClientDetail['scopeVerdicts'];
    };
    const { client } = row;
    const approved = action === 'approve';
    const content = client.pending?.content ?? contentOf(client);
    row.client = {
      ...client,
      ...(approved ? content : {}),
      status: client.liveVersion !== null || approved ? 'ACTIVE' : 'REJECTED',
      liveVersion: approved ? version : client.liveVersion,
      version: approved ? version : client.version,
      pending: null,
      lastDecision: { action, version, reason, decidedAt: NOW },
      scopeVerdicts,
    };
    row.history = [
      { kind: 'decision', id: `d${serial++}`, at: NOW, by: 'operator', version, action, reason, scopeVerdicts },
      ...row.history,
    ];
    return reviewCase(world, row);
  },
  suspendClient: (world, call) => stand(world, call, 'SUSPENDED'),
  reinstateClient: (world, call) => stand(world, call, 'ACTIVE'),
  rollBackReviewed: (world, call) => reviewCase(world, rowOf(world, call, false)),
  findUsers: (world, { query }) => ({
    items: world.users.filter(({ userId, name }) => `${userId} ${name}`.includes(query['query'] ?? '')),
    more: false,
  }),
  suspendUser: (world, call) => changeUser(world, call, { status: 'SUSPENDED' }),
  reinstateUser: (world, call) => changeUser(world, call, { status: 'ACTIVE' }),
  grantRole: (world, call) => changeUser(world, call, { roles: ['user', 'developer', 'operator'] }),
  revokeRole: (world, call) => changeUser(world, call, { roles: ['user'] }),
  readAudit: (world, { query }) => ({
    items: sampleAudit(world.locale).filter(({ action }) => (query['action'] ?? action) === action),
    next: query['before'] === undefined ? 'a900' : null,
    actions: [...new Set(sampleAudit(world.locale).map(({ action }) => action))],
  }),
  exportAudit: () => 'at,action\n',
};

function stand(world: World, call: Call, status: 'ACTIVE' | 'SUSPENDED'): unknown {
  const row = rowOf(world, call, false);
  row.client = { ...row.client, status };
  return reviewCase(world, row);
}

function changeUser(world: World, call: Call, change: Partial<World['users'][number]>): unknown {
  world.users = world.users.map((user) => (user.userMuid === call.params['id'] ? { ...user, ...change } : user));
  return world.users.find(({ userMuid }) => userMuid === call.params['id']);
}
