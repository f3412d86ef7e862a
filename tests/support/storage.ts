import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { Act } from '#audit';
import {
  type ClientId,
  HOUR,
  mintHandle,
  newClientId,
  newGrantId,
  newSortableId,
  newUserMuid,
  type PresentedHandle,
  type ScopeName,
  sha256,
  type UserMuid,
} from '#kernel';
import type { NewCode } from '#oauth';
import type { HealthKind } from '#consent';
import { openStorage, type Storage } from '#storage';
import { type FakeClock, fakeClock } from './clock.ts';
import { pastStorage } from './past.ts';
import { freshDatabase } from './postgres.ts';

export const DIALECTS = ['sqlite', 'postgres'] as const;
export const REDIRECT = 'https://app.example.com/cb';

/** A database that several Storages (as if processes) may open, and that tests may also reach past them. */
export interface TestDatabase {
  readonly dialect: (typeof DIALECTS)[number];
  readonly clock: FakeClock;
  /** The SQLite file; of no meaning on PostgreSQL. */
  readonly file: string;
  readonly folder: string;
  /** Null on SQLite. */
  readonly url: string | null;
  open(): Promise<Storage>;
  /** Statements past every repository, for tampering and breaking. */
  exec(sql: string): Promise<void>;
  remove(): Promise<void>;
}

export async function newTestDatabase(dialect: TestDatabase['dialect']): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'medbiz-'));
  const file = join(folder, 'medbiz.db');
  const clock = fakeClock();
  const postgres = dialect === 'postgres' ? await freshDatabase() : null;
  const opened: Storage[] = [];
  return {
    dialect,
    clock,
    file,
    folder,
    url: postgres?.url ?? null,
    async open() {
      const storage = await openStorage({ databaseUrl: postgres?.url ?? null, file, poolSize: 8, clock });
      opened.push(storage);
      return storage;
    },
    exec: (sql) => pastStorage({ url: postgres?.url ?? null, file }, sql),
    async remove() {
      await Promise.all(opened.map((storage) => storage.close()));
      await postgres?.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export interface Shelf {
  readonly database: TestDatabase;
  readonly storage: Storage;
  readonly clock: FakeClock;
}

/** The same sentences about the ports on SQLite and on PostgreSQL, each on a migrated database of its own. */
export function onBothStorages(title: string, tests: (shelf: () => Shelf) => void): void {
  for (const dialect of DIALECTS) {
    describe(`${title} (${dialect})`, () => {
      let shelf: Shelf | undefined;
      before(async () => {
        const database = await newTestDatabase(dialect);
        const storage = await database.open();
        await storage.migrate();
        shelf = { database, storage, clock: database.clock };
      });
      after(async () => {
        await shelf?.database.remove();
      });
      tests(() => {
        if (shelf === undefined) throw new Error('the database did not open');
        return shelf;
      });
    });
  }
}

export const actAt = (at: number): Act => ({
  at,
  actor: { kind: 'system', id: null, ip: '192.0.2.1', userAgent: 'tests', requestId: null },
});

let made = 0;

export async function makeUser({ storage, clock }: Shelf, loginId = `person${++made}`): Promise<UserMuid> {
  const id = newUserMuid();
  const outcome = await storage.users.create(actAt(clock.now()), {
    id,
    loginId,
    loginIdFolded: loginId,
    name: '김하늘',
    email: `${loginId}@example.com`,
    emailFolded: `${loginId}@example.com`,
    gender: 'FEMALE',
    birthday: '1990-05-17',
    passwordHash: 'old-hash',
    roles: ['user'],
    agreements: [],
  });
  if (outcome !== 'created') throw new Error(outcome);
  return id;
}

export interface Pair {
  readonly user: UserMuid;
  readonly client: ClientId;
  readonly owner: UserMuid;
  readonly scopes: readonly ScopeName[];
}

/** An approved client, and a user who has agreed to all of its scopes. */
export async function makePair(shelf: Shelf, scopes: readonly ScopeName[] = ['PROFILE', 'DEVICE']): Promise<Pair> {
  const { storage, clock } = shelf;
  const owner = await makeUser(shelf);
  const user = await makeUser(shelf);
  const client = newClientId();
  const act = actAt(clock.now());
  const secret = {
    id: newSortableId(clock.now()),
    name: 'default',
    digest: sha256('secret'),
    sealed: null,
    keyId: 'k',
  };
  await storage.clients.create(act, {
    id: client,
    owner,
    secret,
    content: {
      contentHash: 'hash-1',
      content: {
        type: 'web',
        name: '건강수첩',
        description: '',
        requirePkce: false,
        redirectUris: [REDIRECT],
        scopes: scopes.map((scope) => ({ scope, level: 'REQUIRED', purpose: '', retention: '', refusalEffect: '' })),
        methods: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
      },
    },
  });
  const decided = await storage.clients.decide(act, {
    client,
    version: 1,
    contentHash: 'hash-1',
    action: 'approve',
    from: 'PENDING',
    to: 'ACTIVE',
    decidedBy: null,
    reason: '',
    verdicts: [],
    allowImplicit: null,
  });
  if (decided !== 'decided') throw new Error(decided);
  const pair = { user, client, owner, scopes };
  await consent(shelf, pair);
  return pair;
}

/** The user agrees on a page to the pair's scopes. */
export async function consent(
  shelf: Shelf,
  { user, client, scopes }: Pair,
  expiresAt: number | null = null,
  kinds: readonly HealthKind[] = [],
): Promise<void> {
  const ticket = await startTransaction(shelf, client, scopes);
  const taken = await shelf.storage.consents.answer(actAt(shelf.clock.now()), {
    ticket,
    user,
    client,
    answers: scopes.map((scope) => ({
      given: true,
      kinds: scope === 'HEALTH' ? kinds : [],
      expiresAt,
      notice: {
        scope,
        locale: 'ko',
        required: true,
        recipient: '한빛소프트',
        purpose: '로그인',
        items: ['이름'],
        retention: '탈퇴할 때까지',
        refusalEffect: '로그인할 수 없습니다.',
        terms: `terms of ${scope}`,
        wording: '1',
      },
    })),
  });
  if (taken !== 'taken') throw new Error(taken);
}

export async function startTransaction({ storage, clock }: Shelf, client: ClientId, scopes: readonly ScopeName[]) {
  const ticket = mintHandle('ticket', clock.now());
  await storage.transactions.start(ticket, {
    browser: null,
    createdAt: clock.now(),
    expiresAt: clock.now() + 600_000,
    request: {
      clientId: client,
      redirectUri: REDIRECT,
      redirectUriSent: true,
      responseType: 'code',
      responseMode: 'query',
      state: 'st',
      scope: { names: scopes, spelling: {} },
      codeChallenge: null,
      prompt: [],
      maxAge: null,
      loginHint: null,
      locale: null,
    },
  });
  return ticket;
}

export async function issueCode(
  shelf: Shelf,
  pair: Pair,
  more: Partial<NewCode> = {},
  ticket: PresentedHandle | null = null,
) {
  const { storage, clock } = shelf;
  const handle = mintHandle('code', clock.now());
  const issued = await storage.codes.issue(
    actAt(clock.now()),
    {
      handle,
      client: pair.client,
      user: pair.user,
      scopes: pair.scopes,
      spelling: {},
      redirectUri: REDIRECT,
      redirectUriSent: true,
      codeChallenge: null,
      authenticatedAt: clock.now(),
      expiresAt: clock.now() + 60_000,
      ...more,
    },
    ticket,
  );
  return { handle, issued };
}

/** Everything that a redemption needs, with tokens of its own. */
export function redemption({ clock }: Shelf, pair: Pair, code: ReturnType<typeof mintHandle>) {
  const now = clock.now();
  return {
    code,
    client: pair.client,
    redirectUri: REDIRECT,
    grant: newGrantId(now),
    grantExpiresAt: now + 24 * HOUR,
    access: { handle: mintHandle('access', now), expiresAt: now + HOUR },
    refresh: { handle: mintHandle('refresh', now), expiresAt: now + 24 * HOUR },
  };
}

/** A whole login at the level of the ports: the tokens that live. */
export async function tokensOf(shelf: Shelf, pair: Pair) {
  const { handle } = await issueCode(shelf, pair);
  const asked = redemption(shelf, pair, handle);
  const redeemed = await shelf.storage.codes.redeemAndIssue(actAt(shelf.clock.now()), asked);
  if (redeemed.outcome !== 'redeemed') throw new Error(redeemed.outcome);
  return { ...asked, access: asked.access.handle, refresh: asked.refresh.handle };
}
