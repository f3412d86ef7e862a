import type { ClientMethod, ClientType, ScopeName } from '../../api/contracts.ts';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What a scope opens to the program, and what its reviewer will want to know. */
export const SCOPE_WORDS: Readonly<Record<ScopeName, { opens: MessageDescriptor; review: MessageDescriptor }>> = {
  PROFILE: {
    opens: msg`GET /user/me가 열립니다. 로그인을 붙이는 클라이언트라면 필요합니다.`,
    review: msg`이름, 생일, 성별까지 실제로 쓰는지 봅니다.`,
  },
  DRIVE: {
    opens: msg`/v1/catalog에서 파일을 읽고, 올리고, 옮기고, 지웁니다.`,
    review: msg`읽기만으로 충분하지 않은 이유를 봅니다.`,
  },
  DRIVE_READONLY: {
    opens: msg`/v1/catalog에서 목록을 보고 파일을 내려받습니다.`,
    review: msg`어떤 파일을 왜 읽는지 봅니다.`,
  },
  DEVICE: {
    opens: msg`/v1/devices에서 회원의 디바이스를 보고, 추가하고, 이름을 바꿉니다.`,
    review: msg`디바이스를 어떤 기능에 쓰는지 봅니다.`,
  },
  APPLICATION: {
    opens: msg`/v1/applications에서 회원이 연결한 앱 목록을 봅니다.`,
    review: msg`어떤 앱을 쓰는지도 건강 상태를 드러낼 수 있어 이유를 봅니다.`,
  },
  GROUP: {
    opens: msg`/v1/groups에서 회원이 속한 그룹과 역할을 봅니다.`,
    review: msg`그룹 정보로 무엇을 하는지 봅니다.`,
  },
  GROUP_PROFILE: {
    opens: msg`/v1/groups/default에서 기본 그룹 하나만 봅니다.`,
    review: msg`기본 그룹을 어디에 쓰는지 봅니다.`,
  },
  HEALTH: {
    opens: msg`/v1/health에서 혈압, 혈당 같은 측정값을 읽습니다.`,
    review: msg`민감정보입니다. 이용 목적과 보유 기간을 구체적으로 적어야 하고, 보호 조치를 확인합니다.`,
  },
};

export const METHOD_WORDS: Readonly<Record<ClientMethod, { when: MessageDescriptor }>> = {
  AUTHORIZATION_CODE: {
    when: msg`로그인 결과로 코드를 받아 토큰으로 바꿉니다. 웹, 모바일, 브라우저 앱 모두 이 방식을 씁니다.`,
  },
  IMPLICIT: {
    when: msg`토큰을 URL에 담아 바로 받습니다. 코드를 쓸 수 없는 오래된 프로그램만 고릅니다.`,
  },
  REFRESH_TOKEN: {
    when: msg`회원이 다시 로그인하지 않아도 새 액세스 토큰을 받습니다. 동의 화면에 그 사실이 표시됩니다.`,
  },
};

export const TYPE_WORDS: Readonly<Record<ClientType, { name: MessageDescriptor; when: MessageDescriptor }>> = {
  web: {
    name: msg`웹 서버`,
    when: msg`서버가 있어 시크릿을 안전하게 보관할 수 있습니다.`,
  },
  native: {
    name: msg`모바일·데스크톱 앱`,
    when: msg`기기에 설치합니다. com.example.app: 같은 앱 주소로 돌아올 수 있고, PKCE를 반드시 씁니다.`,
  },
  spa: {
    name: msg`브라우저 앱`,
    when: msg`서버 없이 브라우저에서만 돌아갑니다. 시크릿이 없고, PKCE를 반드시 씁니다.`,
  },
};
