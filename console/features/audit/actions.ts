import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { useLingui } from '@lingui/react';

const NAMES: Readonly<Record<string, MessageDescriptor>> = {
  'login.succeeded': msg`로그인`,
  'login.failed': msg`로그인 실패`,
  'login.backed-off': msg`로그인 잠시 막음`,
  logout: msg`로그아웃`,
  'user.created': msg`회원 가입`,
  'user.role-granted': msg`권한을 줌`,
  'user.role-revoked': msg`권한을 거둠`,
  'user.suspended': msg`회원 정지함`,
  'user.reinstated': msg`회원 정지 풂`,
  'user.searched': msg`회원 찾아봄`,
  'user.signed-out-everywhere': msg`모든 기기에서 로그아웃`,
  'password.changed': msg`비밀번호 바꿈`,
  'operator.claimed': msg`첫 운영자 만듦`,
  'developer.agreed': msg`개발자 약관 동의`,
  'client.created': msg`클라이언트 등록함`,
  'client.edited': msg`클라이언트 고침`,
  'client.change-withdrawn': msg`변경 거두어들임`,
  'client.approved': msg`클라이언트 승인함`,
  'client.rejected': msg`클라이언트 반려함`,
  'client.suspended': msg`클라이언트 정지함`,
  'client.reinstated': msg`클라이언트 정지 풂`,
  'client.rolled-back': msg`클라이언트 되돌림`,
  'client.deleted': msg`클라이언트 삭제함`,
  'client.allowed': msg`클라이언트에 허용`,
  'client.disallowed': msg`클라이언트 허용 거둠`,
  'client.secret-made': msg`시크릿 만듦`,
  'client.secret-shown': msg`시크릿 봄`,
  'client.secret-ended': msg`시크릿 폐기함`,
  'client.authentication-failed': msg`클라이언트 인증 실패`,
  'consent.given': msg`동의`,
  'consent.refused': msg`동의 거부`,
  'consent.withdrawn': msg`동의 철회`,
  'code.issued': msg`인가 코드 발급`,
  'code.replayed': msg`인가 코드 재사용`,
  'token.issued': msg`토큰 발급`,
  'token.refreshed': msg`토큰 갱신`,
  'token.replayed': msg`리프레시 토큰 재사용`,
  'grant.ended': msg`연결 끝남`,
  'key.rotated': msg`서명 키 교체`,
  'instance.restored': msg`백업에서 복원`,
  'audit.exported': msg`감사 기록 내려받음`,
};

/** An action in words; one that this console does not know yet keeps its own name. */
export function useActionName(): (action: string) => string {
  const { i18n } = useLingui();
  return (action) => {
    const name = NAMES[action];
    return name === undefined ? action : i18n._(name);
  };
}
