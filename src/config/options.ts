import { databaseUrl, email, key32, oneOf, origin, type Parse, smtpUrl, text, textUpTo, whole } from './parse.ts';

export interface Option<Value> {
  readonly env: string;
  readonly parse: Parse<Value>;
  readonly default: Value;
  /** What stands in the reference where the default is made from something else. */
  readonly defaultShown?: string;
  readonly ko: string;
  readonly en: string;
  readonly secret?: true;
}

const option = <Value>(
  env: string,
  parse: Parse<Value>,
  initial: NoInfer<Value>,
  words: Omit<Option<Value>, 'env' | 'parse' | 'default'>,
): Option<Value> => ({
  env: `MEDBIZ_${env}`,
  parse,
  default: initial,
  ...words,
});

/** For settings that may be absent. */
const maybe = <Value>(
  env: string,
  parse: Parse<Value>,
  words: Omit<Option<Value>, 'env' | 'parse' | 'default'>,
): Option<Value | null> => option<Value | null>(env, parse, null, words);

/**
 * Every setting there is, in the order of the reference page. The key is its name in the settings file and in code,
 * `env` its environment variable.
 */
export const OPTIONS = {
  publicUrl: maybe('PUBLIC_URL', origin, {
    defaultShown: 'http://localhost:PORT',
    ko: '사용자와 클라이언트가 접속하는 주소입니다. 발급자(iss), 링크, 쿠키가 모두 이 주소를 따릅니다.',
    en: 'The address that users and clients see; issuer, links and cookies follow it.',
  }),
  port: option('PORT', whole(0, 65_535), 8080, {
    ko: '요청을 받을 포트입니다. 0이면 비어 있는 포트를 씁니다.',
    en: 'The port to listen on; 0 takes a free one.',
  }),
  host: option('HOST', text, '127.0.0.1', {
    ko: '요청을 받을 네트워크 주소입니다. 다른 컴퓨터에서 직접 접속하게 하려면 0.0.0.0으로 둡니다.',
    en: 'The network address to listen on; 0.0.0.0 lets other machines connect directly.',
  }),
  dataDir: option('DATA_DIR', text, './data', {
    ko: '데이터베이스 파일과 마스터 키를 두는 폴더입니다.',
    en: 'The folder of the database file and the master key.',
  }),
  databaseUrl: maybe('DATABASE_URL', databaseUrl, {
    defaultShown: 'SQLite',
    ko: 'PostgreSQL 접속 주소입니다. 비워 두면 데이터 폴더의 SQLite 파일을 씁니다.',
    en: 'Address of a PostgreSQL database; without it a SQLite file in the data folder is used.',
    secret: true,
  }),
  poolSize: option('POOL_SIZE', whole(1, 200), 10, {
    ko: '프로세스 하나가 PostgreSQL에 여는 연결의 최대 수입니다.',
    en: 'How many connections one process opens to PostgreSQL at most.',
  }),
  masterKey: maybe('MASTER_KEY', key32, {
    defaultShown: 'DATA_DIR/master.key',
    ko: '비밀값과 서명 키를 암호화하는 32바이트 키입니다(base64 또는 16진수 64자). PostgreSQL에서는 반드시 정해야 합니다.',
    en: 'The 32 bytes (base64 or 64 hexadecimal characters) that encrypt secrets and signing keys; required with PostgreSQL.',
    secret: true,
  }),
  tlsCert: maybe('TLS_CERT', text, {
    ko: 'TLS 인증서 파일(PEM)의 경로입니다. TLS_KEY와 함께 정합니다.',
    en: 'Path of the TLS certificate (PEM), together with TLS_KEY.',
  }),
  tlsKey: maybe('TLS_KEY', text, {
    ko: 'TLS 개인 키 파일(PEM)의 경로입니다.',
    en: 'Path of the TLS private key (PEM).',
  }),
  trustedProxies: option('TRUSTED_PROXIES', whole(0, 10), 0, {
    ko: '앞에 있는 신뢰하는 프록시의 수입니다. 이 수만큼만 X-Forwarded-For를 믿습니다.',
    en: 'How many trusted proxies stand in front; X-Forwarded-For is believed for exactly as many.',
  }),
  brandName: option('BRAND_NAME', textUpTo(40), 'MEDBIZ', {
    ko: '화면에 나오는 서비스 이름입니다.',
    en: 'The name of the service on its pages.',
  }),
  privacyContact: maybe('PRIVACY_CONTACT', textUpTo(200), {
    ko: '개인정보 문의처입니다. 가입과 동의 화면에 나옵니다.',
    en: 'Whom to ask about personal data; shown at sign-up and consent.',
  }),
  smtpUrl: maybe('SMTP_URL', smtpUrl, {
    ko: '메일을 보낼 SMTP 서버입니다(smtps://사용자:비밀번호@호스트:465 또는 smtp://…:587). 이 컴퓨터가 아니면 TLS로만 보냅니다. 비워 두면 메일을 보내지 않습니다.',
    en: 'The SMTP server that sends mail (smtps://user:password@host:465 or smtp://…:587), over TLS alone unless it is on this machine; without it no mail is sent.',
    secret: true,
  }),
  mailFrom: maybe('MAIL_FROM', email, {
    ko: '메일을 보내는 주소입니다. SMTP_URL과 함께 정합니다.',
    en: 'The address that mail comes from, together with SMTP_URL.',
  }),
  logLevel: option('LOG_LEVEL', oneOf(['debug', 'info', 'warn', 'error', 'silent']), 'info', {
    ko: '기록할 로그의 수준입니다.',
    en: 'How much is logged.',
  }),
  accessTokenSeconds: option('ACCESS_TOKEN_SECONDS', whole(60, 86_400), 3600, {
    ko: '액세스 토큰이 유효한 시간(초)입니다.',
    en: 'Seconds that an access token lives.',
  }),
  codeSeconds: option('CODE_SECONDS', whole(10, 600), 60, {
    ko: '인가 코드가 유효한 시간(초)입니다. 최대 600초입니다.',
    en: 'Seconds that an authorization code lives, at most 600.',
  }),
  refreshIdleDays: option('REFRESH_IDLE_DAYS', whole(1, 3650), 90, {
    ko: '리프레시 토큰을 쓰지 않으면 만료되는 기간(일)입니다.',
    en: 'Days after which an unused refresh token expires.',
  }),
  grantDays: option('GRANT_DAYS', whole(1, 3650), 365, {
    ko: '한 번의 로그인으로 만들어진 연결이 유지되는 최대 기간(일)입니다.',
    en: 'Days that what one login granted lives at most.',
  }),
  healthConsentDays: option('HEALTH_CONSENT_DAYS', whole(1, 3650), 365, {
    ko: '건강정보 동의가 유효한 기간(일)입니다. 지나면 다시 묻습니다.',
    en: 'Days that consent to health data holds before it is asked for again.',
  }),
  sessionIdleMinutes: option('SESSION_IDLE_MINUTES', whole(1, 1440), 30, {
    ko: '사용하지 않으면 로그아웃되는 시간(분)입니다.',
    en: 'Minutes without use after which a login ends.',
  }),
  sessionHours: option('SESSION_HOURS', whole(1, 720), 12, {
    ko: '로그인이 유지되는 최대 시간입니다.',
    en: 'Hours after which a login ends in any case.',
  }),
  minimumAge: option('MINIMUM_AGE', whole(0, 120), 14, {
    ko: '스스로 가입할 수 있는 최소 나이(만)입니다.',
    en: 'The age from which a person may sign up alone.',
  }),
  secretDisplay: option('SECRET_DISPLAY', oneOf(['always', 'once']), 'always', {
    ko: '클라이언트 시크릿을 다시 볼 수 있는지(always), 만들 때 한 번만 보여 주는지(once) 정합니다.',
    en: 'Whether a client secret can be shown again (always) or only when it is made (once).',
  }),
  operatorLinkMinutes: option('OPERATOR_LINK_MINUTES', whole(1, 1440), 60, {
    ko: '첫 운영자를 만드는 일회용 링크가 유효한 시간(분)입니다.',
    en: 'Minutes that the one-time link for the first operator lives.',
  }),
  operatorSecondFactor: option('OPERATOR_SECOND_FACTOR', oneOf(['required', 'optional']), 'required', {
    ko: '운영자에게 2단계 인증이 꼭 필요한지 정합니다. optional은 시험할 때만 씁니다.',
    en: 'Whether operators must have a second factor; optional is for trying things only.',
  }),
  passwordHashesAtOnce: option('PASSWORD_HASHES_AT_ONCE', whole(1, 64), 2, {
    ko: '동시에 계산하는 비밀번호 해시의 수입니다. 하나가 19MiB를 씁니다.',
    en: 'How many password hashes are computed at once; each takes 19 MiB.',
  }),
} as const;

type OptionTable = typeof OPTIONS;
export type ConfigKey = keyof OptionTable;

/** Every setting, validated; frozen by loadConfig. Durations are in the unit of their name. */
export type Config = {
  readonly [Key in ConfigKey]: OptionTable[Key] extends Option<infer Value> ? Value : never;
};
