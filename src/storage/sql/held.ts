import type { HeldData } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';
import { factorsOf } from './factor-rows.ts';
import { personOf, selectPeople } from './people.ts';

const MOST_RECORDS = 10_000;

/** Times as people and programs elsewhere read them. */
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

type Db = Kysely<Database>;

/**
 * Everything that is held about one person, for that person (개인정보 보호법 제35조). No secret is in it: no digest, key or
 * hash, only that there is one. Null for nobody.
 */
export async function heldAbout(db: Db, user: UserMuid): Promise<HeldData | null> {
  const person = personOf(await selectPeople(db).where('u.id', '=', user).execute());
  if (person === null) return null;
  return {
    profile: {
      userMuid: person.id,
      userId: person.loginId,
      name: person.name,
      gender: person.gender,
      birthday: person.birthday,
      roles: person.roles,
      status: person.status,
      createdAt: iso(person.createdAt),
      updatedAt: iso(person.updatedAt),
    },
    contacts: await contactsOf(db, user),
    agreements: (await db.selectFrom('user_agreement').selectAll().where('user_id', '=', user).execute()).map(
      (row) => ({
        kind: row.kind,
        version: row.version,
        agreedAt: iso(row.agreed_at),
      }),
    ),
    security: await securityOf(db, user),
    sessions: await sessionsOf(db, user),
    connections: await connectionsOf(db, user),
    devices: await devicesOf(db, user),
    shares: await sharesOf(db, user),
    consents: await consentsOf(db, user),
    clients: await clientsOf(db, user),
    records: await recordsOf(db, user),
  };
}

async function contactsOf(db: Db, user: UserMuid) {
  const emails = await db.selectFrom('user_email').selectAll().where('user_id', '=', user).execute();
  const contact = await db.selectFrom('user_contact').selectAll().where('user_id', '=', user).executeTakeFirst();
  return {
    emails: emails.map((row) => ({ email: row.email, verifiedAt: iso(row.verified_at), addedAt: iso(row.created_at) })),
    address: contact?.address ?? null,
    phone: contact?.phone ?? null,
  };
}

async function securityOf(db: Db, user: UserMuid) {
  const password = await db.selectFrom('password').select('changed_at').where('user_id', '=', user).executeTakeFirst();
  const { totp, passkeys, recoveryCodes } = await factorsOf(db, user);
  return {
    passwordChangedAt: iso(password?.changed_at ?? null),
    authenticatorApp: totp && { addedAt: iso(totp.createdAt), lastUsedAt: iso(totp.lastUsedAt) },
    passkeys: passkeys.map((key) => ({
      name: key.name,
      synced: key.synced,
      addedAt: iso(key.createdAt),
      lastUsedAt: iso(key.lastUsedAt),
    })),
    recoveryCodesLeft: recoveryCodes,
  };
}

async function sessionsOf(db: Db, user: UserMuid) {
  const rows = await db
    .selectFrom('login_session')
    .selectAll()
    .where('user_id', '=', user)
    .orderBy('lookup_id', 'desc')
    .execute();
  return rows.map((row) => ({
    startedAt: iso(row.created_at),
    lastSeenAt: iso(row.last_seen_at),
    endedAt: iso(row.ended_at),
    expiresAt: iso(row.expires_at),
    methods: row.methods.split(' '),
    ip: row.ip,
    userAgent: row.user_agent,
  }));
}

async function connectionsOf(db: Db, user: UserMuid) {
  const rows = await db.selectFrom('connection').selectAll().where('user_id', '=', user).execute();
  const items = await db.selectFrom('consent_item').selectAll().where('user_id', '=', user).execute();
  return rows.map((row) => ({
    client: row.client_id,
    connectedAt: iso(row.connected_at),
    lastUsedAt: iso(row.last_used_at),
    scopes: items
      .filter((item) => item.client_id === row.client_id)
      .map(({ scope, state, kinds, since, expires_at }) => ({
        scope,
        state,
        kinds: kinds === '' ? [] : kinds.split(' '),
        since: iso(since),
        expiresAt: iso(expires_at),
      })),
  }));
}

async function devicesOf(db: Db, user: UserMuid) {
  const rows = await db.selectFrom('device_holding').selectAll().where('user_id', '=', user).execute();
  return rows.map((row) => ({
    device: row.device_muid,
    nickname: row.nickname,
    heldFrom: iso(row.held_from),
    heldUntil: iso(row.held_until),
  }));
}

/** Those that the person made; what others shared is theirs to tell. */
async function sharesOf(db: Db, user: UserMuid) {
  const rows = await db.selectFrom('health_share').selectAll().where('owner_id', '=', user).execute();
  return rows.map((row) => ({
    with: row.grantee_login,
    kind: row.root_code,
    madeAt: iso(row.created_at),
    expiresAt: iso(row.expires_at),
    endedAt: iso(row.ended_at),
  }));
}

/** Each consent with the notice word for word, as it was shown. */
async function consentsOf(db: Db, user: UserMuid) {
  const rows = await db
    .selectFrom('consent_event as e')
    .leftJoin('notice as n', 'n.id', 'e.notice_id')
    .select([
      'e.at',
      'e.client_id',
      'e.scope',
      'e.action',
      'e.basis',
      'e.kinds',
      'e.expires_at',
      'e.ip',
      'e.user_agent',
    ])
    .select(['n.id as notice', 'n.locale', 'n.required', 'n.recipient', 'n.purpose', 'n.items', 'n.retention'])
    .select(['n.refusal_effect', 'n.wording'])
    .where('e.user_id', '=', user)
    .orderBy('e.id')
    .execute();
  return rows.map((row) => ({
    at: iso(row.at),
    client: row.client_id,
    scope: row.scope,
    action: row.action,
    basis: row.basis,
    kinds: row.kinds === '' ? [] : row.kinds.split(' '),
    expiresAt: iso(row.expires_at),
    ip: row.ip,
    userAgent: row.user_agent,
    notice:
      row.notice === null
        ? null
        : {
            locale: row.locale,
            required: row.required === 1,
            recipient: row.recipient,
            purpose: row.purpose,
            items: JSON.parse(row.items ?? '[]') as unknown,
            retention: row.retention,
            refusalEffect: row.refusal_effect,
            wording: row.wording,
          },
  }));
}

async function clientsOf(db: Db, user: UserMuid) {
  const rows = await db.selectFrom('client').selectAll().where('owner_id', '=', user).execute();
  return rows.map((row) => ({ client: row.id, status: row.status, createdAt: iso(row.created_at) }));
}

/** Access records in which the person is the one it is about, the newest first. Who else acted is said by kind alone. */
async function recordsOf(db: Db, user: UserMuid) {
  const rows = await db
    .selectFrom('audit_event as e')
    .innerJoin('audit_subject as s', 's.ref', 'e.subject_ref')
    .selectAll('e')
    .where('s.user_id', '=', user)
    .orderBy('e.id', 'desc')
    .limit(MOST_RECORDS)
    .execute();
  return rows.map((row) => {
    const own = row.actor_ref === row.subject_ref || row.actor_kind === 'nobody';
    return {
      at: iso(row.at),
      action: row.action,
      outcome: row.outcome,
      by: row.actor_kind,
      client: row.client_id,
      // Where an operator sat is the operator's own data.
      ip: own ? row.ip : null,
      userAgent: own ? row.user_agent : null,
      reason: row.reason,
    };
  });
}
