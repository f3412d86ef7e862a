import type { Command } from './command.ts';

const TEXT = `MEDBIZ

사용법 · Usage: medbiz <command> [options]

  serve                         서버를 시작합니다. · Starts the server.
  migrate                       데이터베이스를 만들거나 최신으로 바꿉니다. · Makes the database or brings it up to date.
  user create                   사용자를 만듭니다. 비밀번호는 표준 입력으로 받습니다. · Makes a user; the password comes on standard input.
      --user-id ID --email ADDRESS --name NAME [--birthday yyyy-MM-dd] [--gender MALE|FEMALE|UNKNOWN]
      [--role developer|operator]... --password-stdin [--json]
  user forget-factors USER-ID   2단계 인증과 로그인을 모두 지웁니다. · Removes a user's second factors and sessions.  [--json]
  client create                 클라이언트를 등록합니다. · Registers a client.
      --owner USER-ID --name NAME [--description TEXT] [--type web|native|spa] --scope SCOPE... [--optional-scope SCOPE]...
      [--purpose SCOPE=TEXT]... --auth-method METHOD... --redirect-uri URI... [--require-pkce] [--active] [--json]
  client approve ID             승인합니다. · Approves it.  [--reason TEXT] [--allow-implicit] [--json]
  client reject|suspend|reinstate ID
                                반려, 정지, 해제합니다. · Rejects, suspends or reinstates it.  [--reason TEXT] [--json]
  client allow|disallow ID      운영자만 줄 수 있는 것을 주거나 거둡니다. · Gives or takes what only the operator may.
      --grant password|implicit, --get-token, --resource-server  [--json]
  client list                   클라이언트를 모두 보여 줍니다. · Lists all clients.  [--json]
  product create                제품을 등록합니다. · Registers a product.
      --owner USER-ID --name NAME --model-code CODE --maker NAME [--description TEXT] [--several-users]
      --manifest FILE [--active] [--json]      (docs/devices.md)
  product approve|reject|suspend|reinstate ID
                                검수합니다. · Reviews it.  [--reason TEXT] [--json]
  device create                 디바이스를 만듭니다. 비밀 키는 한 번만 보입니다. · Makes a device; its secret is shown once.
      --product ID [--serial TEXT] [--mac ADDRESS] [--json]
  device import FILE            CSV(serial,mac)로 만듭니다. · Makes devices from a CSV.  --product ID [--json]
  device rotate-secret ID       비밀 키를 바꿉니다. · Changes its secret.  [--json]
  keys rotate                   서명 키를 바꿉니다. · Changes the signing key.  [--json]
  backup FILE                   데이터베이스를 파일로 백업합니다. · Backs the database up into a file.
  restored                      백업을 되돌린 뒤에 실행합니다. · To be run after restoring a backup.
  audit verify                  감사 기록이 온전한지 확인합니다. · Checks that the audit log is whole.  [--json]
  jobs list                     포기한 작업을 보여 줍니다. · Shows jobs that were given up.  [--json]
  jobs retry ID                 포기한 작업을 다시 시작합니다. · Begins such a job anew.  [--json]
  doctor                        무엇이 잘못되었는지 찾아 알려 줍니다. · Finds what is wrong and says what to do.  [--json]
  config                        지금 쓰는 설정을 보여 줍니다. · Shows the settings in use.  [--reference] [--json]
  help, --version

설정 · Settings: docs/configuration.md
`;

export const help: Command = async (_args, terminal) => {
  terminal.out(TEXT);
  return 0;
};
