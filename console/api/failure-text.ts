import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { ApiFailure } from './call.ts';

interface FailureText {
  readonly title: MessageDescriptor;
  readonly how: MessageDescriptor;
}

const BROKEN: FailureText = {
  title: msg`서버에서 처리하지 못했습니다.`,
  how: msg`입력한 내용은 그대로 있습니다. 잠시 뒤 다시 시도해 주세요. 계속되면 운영자에게 요청 번호를 알려 주세요.`,
};

const TEXTS: Readonly<Partial<Record<ApiFailure['code'], FailureText>>> = {
  network: {
    title: msg`서버에 연결하지 못했습니다.`,
    how: msg`인터넷 연결을 확인하고 다시 시도해 주세요. 입력한 내용은 그대로 있습니다.`,
  },
  login_required: {
    title: msg`로그인이 필요합니다.`,
    how: msg`로그인 화면으로 이동합니다. 입력하던 내용은 이 탭에 남아 있습니다.`,
  },
  login_again: {
    title: msg`비밀번호를 한 번 더 확인해야 합니다.`,
    how: msg`로그인한 지 오래되어 비밀번호를 다시 확인합니다.`,
  },
  wrong_password: {
    title: msg`비밀번호가 맞지 않습니다.`,
    how: msg`다시 입력해 주세요.`,
  },
  forged_request: {
    title: msg`이 화면의 인증이 오래되었습니다.`,
    how: msg`화면을 새로 고친 뒤 다시 시도해 주세요. 입력한 내용은 이 탭에 남아 있습니다.`,
  },
  not_allowed: {
    title: msg`이 작업을 할 권한이 없습니다.`,
    how: msg`권한이 있는 계정으로 로그인했는지 확인해 주세요.`,
  },
  own_client: {
    title: msg`직접 등록한 클라이언트는 검수할 수 없습니다.`,
    how: msg`다른 운영자가 결정해야 합니다.`,
  },
  not_found: {
    title: msg`찾을 수 없습니다.`,
    how: msg`주소가 맞는지 확인해 주세요. 삭제되었거나 다른 계정의 것일 수 있습니다.`,
  },
  changed_meanwhile: {
    title: msg`그사이 내용이 바뀌었습니다.`,
    how: msg`새로 불러와 바뀐 내용을 확인한 뒤 다시 해 주세요.`,
  },
  conflict: {
    title: msg`그사이 내용이 바뀌었습니다.`,
    how: msg`새로 불러와 바뀐 내용을 확인한 뒤 다시 해 주세요.`,
  },
  not_in_this_status: {
    title: msg`지금 상태에서는 할 수 없는 작업입니다.`,
    how: msg`화면을 새로 고쳐 상태를 확인해 주세요.`,
  },
  too_many_secrets: {
    title: msg`시크릿을 더 만들 수 없습니다.`,
    how: msg`쓰지 않는 시크릿을 먼저 폐기해 주세요.`,
  },
  last_operator: {
    title: msg`마지막 운영자의 권한은 거둘 수 없습니다.`,
    how: msg`다른 회원에게 운영자 권한을 먼저 주세요.`,
  },
  too_many_requests: {
    title: msg`요청이 너무 많습니다.`,
    how: msg`잠시 뒤 다시 시도해 주세요.`,
  },
  unavailable: {
    title: msg`서버가 바쁩니다.`,
    how: msg`잠시 뒤 다시 시도해 주세요.`,
  },
  invalid_request: {
    title: msg`고칠 곳이 있습니다.`,
    how: msg`표시된 곳을 고쳐 주세요.`,
  },
};

/** What happened and what to do, for any error that a page meets. */
export function failureText(error: unknown): FailureText {
  return (error instanceof ApiFailure ? TEXTS[error.code] : undefined) ?? BROKEN;
}
