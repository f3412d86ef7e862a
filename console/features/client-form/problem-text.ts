import { LIMITS } from '../../api/contracts.ts';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { FormProblem } from './problems.ts';

const COMMON: Readonly<Record<string, MessageDescriptor>> = {
  characters: msg`보이지 않는 글자나 글의 방향을 바꾸는 글자가 있습니다. 지우고 다시 입력해 주세요.`,
};

const FIELDS: Readonly<Record<string, Readonly<Record<string, MessageDescriptor>>>> = {
  name: {
    missing: msg`이름을 입력해 주세요.`,
    'too-long': msg`이름을 ${LIMITS.name}자 안으로 줄여 주세요.`,
  },
  description: {
    'too-long': msg`설명을 ${LIMITS.description}자 안으로 줄여 주세요.`,
  },
  scopes: {
    missing: msg`요청할 정보를 하나 이상 골라 주세요.`,
    'too-long': msg`문장을 ${LIMITS.notice}자 안으로 줄여 주세요.`,
  },
  methods: {
    missing: msg`인증 방식을 하나 이상 골라 주세요.`,
  },
  redirectUris: {
    missing: msg`로그인 뒤 돌아올 URL을 하나 이상 입력해 주세요.`,
    'too-many': msg`URL은 ${LIMITS.redirectUris}개까지 등록할 수 있습니다.`,
    repeated: msg`위에 같은 URL이 있습니다. 하나만 남겨 주세요.`,
    'too-long': msg`URL을 ${LIMITS.redirectUri}자 안으로 줄여 주세요.`,
    'not-a-url': msg`URL 모양이 아닙니다. https://example.com/callback 같은 모양으로 입력해 주세요.`,
    characters: msg`URL에 쓸 수 없는 글자가 있습니다. 한글 도메인은 xn--으로 시작하는 이름으로, 띄어쓰기는 %20으로 써 주세요.`,
    fragment: msg`#과 그 뒤를 지워 주세요. 로그인 결과를 그 자리에 붙여 보냅니다.`,
    'user-information': msg`URL에 아이디나 비밀번호를 넣을 수 없습니다. @ 앞을 지워 주세요.`,
    'not-https': msg`https로 시작해야 합니다. http는 localhost에서만 쓸 수 있습니다.`,
    scheme: msg`https로 시작하는 URL을 입력해 주세요. com.example.app: 같은 앱 주소는 모바일·데스크톱 앱 유형에서만 쓸 수 있습니다.`,
    'not-canonical': msg`호스트 이름을 소문자로 쓰고 기본 포트(:443)를 지워 주세요. 앱이 보내는 값과 한 글자까지 같아야 합니다.`,
    'dot-segments': msg`/../ 나 %2F 같은 부분을 지우고 실제 경로를 입력해 주세요.`,
    'response-parameter': msg`code, state처럼 로그인 결과에 쓰는 이름을 URL에 미리 넣을 수 없습니다.`,
  },
};

const OTHER = msg`이 값은 쓸 수 없습니다. 다시 확인해 주세요.`;

/** What to do about it. */
export function problemText({ at, problem }: FormProblem): MessageDescriptor {
  const field = at.split('.', 1)[0] ?? '';
  return FIELDS[field]?.[problem] ?? COMMON[problem] ?? OTHER;
}
