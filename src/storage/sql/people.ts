import type { Kysely } from 'kysely';
import type { User } from '#identity/ports';
import { ROLES, type Role, type UserMuid } from '#kernel';
import type { Database } from '../schema.ts';

/** A user as the identity module knows one, in one statement: one row per role. */
export const selectPeople = (db: Kysely<Database>) =>
  db
    .selectFrom('user_account as u')
    .leftJoin('user_email as e', 'e.user_id', 'u.id')
    .leftJoin('user_birthday as b', 'b.user_id', 'u.id')
    .leftJoin('user_role as r', 'r.user_id', 'u.id')
    .select([
      'u.id',
      'u.login_id',
      'u.name',
      'u.gender',
      'u.status',
      'u.created_at',
      'u.updated_at',
      'e.email',
      'b.birthday',
      'r.role',
    ]);

export type PersonRow = Awaited<ReturnType<ReturnType<typeof selectPeople>['execute']>>[number];

/** Null for no rows. */
export function personOf(rows: readonly PersonRow[]): User | null {
  const first = rows[0];
  if (first === undefined) return null;
  return {
    id: first.id,
    loginId: first.login_id,
    name: first.name,
    email: first.email ?? '',
    gender: first.gender,
    birthday: first.birthday,
    status: first.status,
    roles: rolesOf(rows),
    createdAt: first.created_at,
    updatedAt: first.updated_at,
  };
}

const rolesOf = (rows: readonly Pick<PersonRow, 'role'>[]): readonly Role[] =>
  ROLES.filter((role) => rows.some((row) => row.role === role));

export const isOperator = async (db: Kysely<Database>, user: UserMuid): Promise<boolean> =>
  (await db
    .selectFrom('user_role')
    .select('role')
    .where('user_id', '=', user)
    .where('role', '=', 'operator')
    .executeTakeFirst()) !== undefined;
