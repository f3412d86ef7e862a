import type { Act } from '#audit/ports';
import { no, ok, type Result, type Role, type UserMuid } from '#kernel';
import { foldLoginId } from './login-id.ts';
import type { IdentityDeps } from './options.ts';
import type { FoundUser, User } from './ports/index.ts';

export type AccountProblem = 'unknown-user' | 'yourself' | 'last-operator' | 'not-in-this-status';

/** What an operator does with other people's accounts. Nobody suspends or demotes themselves. */
export interface Administration {
  /** Everybody who is found is noted in the audit log as seen by this operator. */
  findUsers(act: Act, query: string, limit: number): Promise<FoundUser[]>;
  readUser(id: UserMuid): Promise<FoundUser | null>;
  userByLoginId(loginId: string): Promise<User | null>;
  /** Sessions and grants end at once; reinstating revives none of them. */
  changeStatus(
    act: Act,
    change: { operator: UserMuid; user: UserMuid; status: 'ACTIVE' | 'SUSPENDED'; reason: string },
  ): Promise<Result<FoundUser, AccountProblem>>;
  giveRole(act: Act, user: UserMuid, role: Role): Promise<Result<FoundUser, AccountProblem>>;
  takeRole(act: Act, operator: UserMuid, user: UserMuid, role: Role): Promise<Result<FoundUser, AccountProblem>>;
}

export function createAdministration({ users }: Pick<IdentityDeps, 'users'>): Administration {
  async function reread(id: UserMuid): Promise<Result<FoundUser, AccountProblem>> {
    const user = await users.read(id);
    return user === null ? no('unknown-user') : ok(user);
  }

  return {
    findUsers: (act, query, limit) => users.search(act, query.normalize('NFC').trim(), limit),
    readUser: (id) => users.read(id),
    userByLoginId: (loginId) => users.byLoginId(foldLoginId(loginId)),

    async changeStatus(act, { operator, user, status, reason }) {
      if (operator === user) return no('yourself');
      const found = await reread(user);
      if (!found.ok) return found;
      const changed = await users.changeStatus(act, { user, status, reason });
      return changed === 'changed' ? reread(user) : no(changed);
    },

    async giveRole(act, user, role) {
      const found = await reread(user);
      if (!found.ok) return found;
      // A role is for people who can use it: a closed account has none to come back to.
      if (found.value.status === 'CLOSED') return no('not-in-this-status');
      await users.giveRole(act, user, role);
      return reread(user);
    },

    async takeRole(act, operator, user, role) {
      if (operator === user) return no('yourself');
      const found = await reread(user);
      if (!found.ok) return found;
      return (await users.takeRole(act, user, role)) === 'taken' ? reread(user) : no('last-operator');
    },
  };
}
