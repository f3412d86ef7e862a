import { CLIENT_NAME, type Made, type Person } from './people.ts';

const ROLES: Readonly<Record<Person['role'], string>> = {
  user: '사용자 · User',
  developer: '개발자 · Developer',
  operator: '운영자 · Operator',
};

/** Korean letters are two columns wide in a terminal. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, one) => sum + (/[\u1100-\u11ff\u3000-\ud7ff\uff00-\uff60]/.test(one) ? 2 : 1), 0);
const column = (text: string, width: number): string => text + ' '.repeat(Math.max(1, width - widthOf(text)));

/** Where to go and who can log in, in both languages. */
export function demoText({ url, appUrl, people, client }: Made, kept: string | null): string {
  return [
    '',
    'MEDBIZ 데모 · MEDBIZ demo',
    '',
    `  ${column(`${CLIENT_NAME} · Health diary`, 34)}${appUrl}   ← 여기서 시작하십시오 · start here`,
    `  ${column('플랫폼 · Platform', 34)}${url}`,
    '',
    `  ${column('계정 · Account', 34)}${column('아이디 · ID', 16)}비밀번호 · Password`,
    ...people.map(
      ({ role, name, loginId, password }) =>
        `  ${column(`${ROLES[role]} (${name})`, 34)}${column(loginId, 16)}${password}`,
    ),
    '',
    `  클라이언트 · Client: ${client.name} (ACTIVE)`,
    `    client_id      ${client.id}`,
    `    redirect_uri   ${client.redirectUri}`,
    '',
    kept === null
      ? '  모든 데이터는 임시 폴더에 있고, 끝나면 지워집니다. · All data is in a temporary folder and is removed at the end.'
      : `  데이터 · Data: ${kept}`,
    '  멈추려면 Ctrl+C를 누르십시오. · Press Ctrl+C to stop.',
    '',
  ].join('\n');
}
