import type { ProfileStore } from '#apis/ports';
import { intersectScope, splitScope } from '#kernel';
import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { coveredScopes, selectLiveGrants } from './liveness.ts';
import { type Argument, prepared, type TokenQuestion } from './prepared.ts';

/** Token, liveness, scopes and profile in one statement. Of roles only `developer` is read: no application is told more. */
const selectProfiles = (db: Kysely<Database>, now: number) =>
  selectLiveGrants(db, now)
    .innerJoin('access_token as t', 't.grant_id', 'g.id')
    .leftJoin('user_email as e', 'e.user_id', 'u.id')
    .leftJoin('user_birthday as b', 'b.user_id', 'u.id')
    .leftJoin('user_role as r', (join) => join.onRef('r.user_id', '=', 'u.id').on('r.role', '=', 'developer'))
    .where('t.expires_at', '>', now)
    .select([
      't.scope as token_scope',
      'u.login_id',
      'u.name',
      'u.gender',
      'u.created_at',
      'u.updated_at',
      'u.drive_agreed_at',
      'u.drive_quota_mb',
      'e.email',
      'b.birthday',
      'r.role',
    ]);

const findProfile = prepared((db, arg: Argument<TokenQuestion>) =>
  selectProfiles(db, arg('now')).where('t.lookup_id', '=', arg('lookupId')).where('t.digest', '=', arg('digest')),
);

export const profileStore = ({ read }: Engine): ProfileStore => ({
  async readByToken(token, now) {
    const rows = await findProfile(read, { lookupId: token.lookupId, digest: token.digest, now });
    const row = rows[0];
    if (row === undefined) return null;
    return {
      right: {
        userMuid: row.user_id,
        clientId: row.client_id,
        grantId: row.grant_id,
        lastUsedAt: row.last_used_at,
        scopes: intersectScope(coveredScopes(rows), splitScope(row.token_scope)),
      },
      profile: {
        userMuid: row.user_id,
        userId: row.login_id,
        email: row.email ?? '',
        userName: row.name,
        birthDay: row.birthday,
        gender: row.gender,
        enabled: true,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
        roles: row.role === 'developer' ? ['user', 'developer'] : ['user'],
        driveAgreed: row.drive_agreed_at !== null,
        driveQuotaMb: row.drive_quota_mb,
      },
    };
  },
});
