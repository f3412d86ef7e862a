import type { FoundUser as ShownUser } from '#contracts/console';
import type { AccountProblem, FoundUser } from '#identity';
import { asUserMuid, type Result, type UserMuid } from '#kernel';
import type { Asked, Handlers, Member } from './asked.ts';
import type { ConsoleDeps } from './deps.ts';
import { type Refusal, refusal } from './refuse.ts';
import { reasonOf } from './review.ts';

type Ours = Pick<Handlers, 'findUsers' | 'suspendUser' | 'reinstateUser' | 'grantRole' | 'revokeRole'>;

/** Each person who is found is a row in the audit log, so a page shows few. */
const FOUND = 50;

const REFUSALS = {
  'unknown-user': 'not_found',
  yourself: 'not_allowed',
  'last-operator': 'last_operator',
  'not-in-this-status': 'not_in_this_status',
} as const satisfies Record<AccountProblem, Refusal>;

export function userHandlers({ identity }: ConsoleDeps): Ours {
  function shownOrRefused(result: Result<FoundUser, AccountProblem>, member: Member): ShownUser {
    if (!result.ok) throw refusal(REFUSALS[result.problem]);
    return shown(result.value, member.id);
  }

  async function change(
    { act, member, params, body }: Asked<'suspendUser' | 'reinstateUser'>,
    status: 'ACTIVE' | 'SUSPENDED',
  ): Promise<ShownUser> {
    const asked = { operator: member.id, user: userIn(params), status, reason: reasonOf(body.reason) };
    return shownOrRefused(await identity.changeStatus(act, asked), member);
  }

  return {
    async findUsers({ act, member, query }) {
      const found = await identity.findUsers(act, query.query ?? '', FOUND + 1);
      return { items: found.slice(0, FOUND).map((user) => shown(user, member.id)), more: found.length > FOUND };
    },

    suspendUser: (asked) => change(asked, 'SUSPENDED'),
    reinstateUser: (asked) => change(asked, 'ACTIVE'),

    grantRole: async ({ act, member, params }) =>
      shownOrRefused(await identity.giveRole(act, userIn(params), params.role), member),

    revokeRole: async ({ act, member, params }) =>
      shownOrRefused(await identity.takeRole(act, member.id, userIn(params), params.role), member),
  };
}

function userIn({ id }: { readonly id: string }): UserMuid {
  const user = asUserMuid(id);
  if (user === null) throw refusal('not_found');
  return user;
}

const shown = (user: FoundUser, self: UserMuid): ShownUser => ({
  userMuid: user.id,
  userId: user.loginId,
  name: user.name,
  email: user.email,
  status: user.status,
  roles: [...user.roles],
  createdAt: user.createdAt,
  lastSeenAt: user.lastSeenAt,
  clients: user.clients,
  self: user.id === self,
});
