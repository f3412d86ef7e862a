import { randomInt } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { medbiz, platformEnvironment } from './processes.ts';

/** Everything that the demo made and prints. Kept beside the data, so that a second start on the folder knows it. */
export interface Made {
  readonly url: string;
  readonly port: number;
  readonly appUrl: string;
  readonly appPort: number;
  readonly people: readonly Person[];
  readonly client: {
    readonly name: string;
    readonly id: string;
    readonly secret: string;
    readonly redirectUri: string;
  };
}

export interface Person {
  readonly role: 'user' | 'developer' | 'operator';
  readonly loginId: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const CLIENT_NAME = '건강 일기';
const FILE = 'demo.json';

/** Makes database, people and client in the folder, or finds those of an earlier start. */
export async function prepare(folder: string, ports: { port: number; appPort: number }): Promise<Made> {
  const before = await earlier(folder);
  if (before !== null) {
    // The client's redirect URI names the port, so another port would be another client.
    if (before.port !== ports.port || before.appPort !== ports.appPort) {
      throw new Error(
        `이 폴더의 데모는 포트 ${before.port}, ${before.appPort}을(를) 씁니다. --port ${before.port} --app-port ${before.appPort}(으)로 시작하십시오.\nThe demo in this folder uses these ports: start it with --port ${before.port} --app-port ${before.appPort}.`,
      );
    }
    return before;
  }
  const env = platformEnvironment(folder, ports.port);
  await medbiz(env, ['migrate']);
  const people = [
    person('user', 'haneul', '김하늘'),
    person('developer', 'hanbit', '한빛소프트'),
    person('operator', 'seojun', '이서준'),
  ];
  for (const one of people) await makePerson(env, one);
  const appUrl = `http://localhost:${ports.appPort}`;
  const made: Made = {
    url: `http://localhost:${ports.port}`,
    appUrl,
    ...ports,
    people,
    client: await makeClient(env, `${appUrl}/callback`),
  };
  await writeFile(join(folder, FILE), JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}

async function earlier(folder: string): Promise<Made | null> {
  try {
    return JSON.parse(await readFile(join(folder, FILE), 'utf8')) as Made;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

const person = (role: Person['role'], loginId: string, name: string): Person => ({
  role,
  loginId,
  name,
  email: `${loginId}@example.com`,
  password: newPassword(),
});

const WORDS =
  'bada byeol danpung gang garam gureum haru hosu iseul jandi kkot namu noeul noon oreum pado param raon saebyeok san sarang sol ssal sup umul yeoreum'.split(
    ' ',
  );

/** Easy to type from a terminal; the server's back-off keeps it from being guessed. */
function newPassword(): string {
  const word = (): string => WORDS[randomInt(WORDS.length)] ?? '';
  return `${word()}-${word()}-${word()}-${randomInt(100, 1000)}`;
}

async function makePerson(env: NodeJS.ProcessEnv, { role, loginId, name, email, password }: Person): Promise<void> {
  await medbiz(
    env,
    [
      ...['user', 'create', '--user-id', loginId, '--email', email, '--name', name],
      ...['--birthday', '1990-05-17', '--gender', 'FEMALE', '--password-stdin'],
      ...(role === 'user' ? [] : ['--role', role]),
    ],
    password,
  );
}

async function makeClient(env: NodeJS.ProcessEnv, redirectUri: string): Promise<Made['client']> {
  const printed = await medbiz(env, [
    ...['client', 'create', '--owner', 'hanbit', '--name', CLIENT_NAME],
    ...['--description', '하루의 몸 상태와 기분을 적는 일기입니다.'],
    ...['--scope', 'PROFILE', '--purpose', 'PROFILE=일기의 주인을 알아보고 이름을 보여 주기 위해 씁니다.'],
    ...['--auth-method', 'AUTHORIZATION_CODE', '--auth-method', 'REFRESH_TOKEN'],
    ...['--redirect-uri', redirectUri, '--require-pkce', '--active', '--json'],
  ]);
  const { client_id: id, client_secret: secret } = JSON.parse(printed) as { client_id: string; client_secret: string };
  return { name: CLIENT_NAME, id, secret, redirectUri };
}
