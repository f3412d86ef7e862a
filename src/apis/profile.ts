import type { UserMe } from '#contracts';
import type { Route } from '#http';
import { type GuardDeps, guarded } from './guard.ts';
import type { ProfileRecord, ProfileStore, TokenRight } from './ports/index.ts';

/** `GET /user/me`: what the consent page said, and no more. */
export const profileRoute = (deps: GuardDeps & { profiles: ProfileStore }): Route => ({
  method: 'GET',
  path: '/user/me',
  surface: 'api',
  body: 'none',
  // An application without a server of its own reads it from its page.
  cors: 'public-client',
  async handle(request) {
    const { profile, right } = await guarded(deps, request, ['PROFILE'], (token, now) =>
      deps.profiles.readByToken(token, now),
    );
    return { status: 200, body: userMe(profile, right) };
  },
});

function userMe(profile: ProfileRecord, right: TokenRight): UserMe {
  const drive = right.scopes.includes('DRIVE') || right.scopes.includes('DRIVE_READONLY');
  return {
    userMuid: profile.userMuid,
    userId: profile.userId,
    userid: profile.userId,
    email: profile.email,
    userName: profile.userName,
    birthDay: profile.birthDay,
    gender: profile.gender,
    enabled: profile.enabled,
    createAt: new Date(profile.createdAt).toISOString(),
    updatedAt: new Date(profile.updatedAt).toISOString(),
    // Who runs the platform is nobody else's business: applications never see more than ROLE_DEVELOPER.
    authorities: ['ROLE_USER', ...(profile.roles.includes('developer') ? ['ROLE_DEVELOPER'] : [])],
    ...(drive
      ? {
          vfsHomeDir: profile.driveAgreed ? `/home/${profile.userId}` : null,
          vfsStorageQuotaMb: profile.driveQuotaMb,
        }
      : {}),
  };
}
