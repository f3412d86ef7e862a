import type { Config } from './options.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]', '::1']);

export const isLoopback = (host: string): boolean => LOOPBACK.has(host) || host.endsWith('.localhost');

/** The address that users see. `port` is the one that was really bound, for PORT 0. */
export const publicUrlOf = (config: Pick<Config, 'publicUrl' | 'tlsCert'>, port: number): string =>
  config.publicUrl ?? new URL(`${config.tlsCert === null ? 'http' : 'https'}://localhost:${port}`).origin;

/** Settings that must not stand together: one sentence each. */
export function contradictions(config: Config): string[] {
  const problems: string[] = [];
  const url = config.publicUrl === null ? null : new URL(config.publicUrl);
  if ((config.tlsCert === null) !== (config.tlsKey === null)) {
    problems.push('MEDBIZ_TLS_CERT and MEDBIZ_TLS_KEY must be set together.');
  }
  if (config.tlsCert !== null && url?.protocol === 'http:') {
    problems.push('MEDBIZ_PUBLIC_URL must start with https:// when MEDBIZ_TLS_CERT is set.');
  }
  if (
    url?.protocol === 'http:' &&
    !isLoopback(url.hostname) &&
    config.trustedProxies === 0 &&
    config.tlsCert === null
  ) {
    problems.push(
      `MEDBIZ_PUBLIC_URL ${config.publicUrl} would send passwords and health data unencrypted. Set MEDBIZ_TLS_CERT and MEDBIZ_TLS_KEY with an https:// address, or MEDBIZ_TRUSTED_PROXIES where a proxy of yours does the encryption.`,
    );
  }
  if (config.databaseUrl !== null && config.masterKey === null) {
    problems.push(
      'MEDBIZ_MASTER_KEY must be set with MEDBIZ_DATABASE_URL, since several processes share it. Make one with: openssl rand -base64 32',
    );
  }
  if ((config.smtpUrl === null) !== (config.mailFrom === null)) {
    problems.push('MEDBIZ_SMTP_URL and MEDBIZ_MAIL_FROM must be set together.');
  }
  return problems;
}

export interface Warning {
  readonly ko: string;
  readonly en: string;
}

/** What is insecure about settings that are allowed; said at every start and by `medbiz doctor`. */
export function insecureWarnings(config: Config): Warning[] {
  const warnings: Warning[] = [];
  const url = config.publicUrl === null ? null : new URL(config.publicUrl);
  const http = url === null ? config.tlsCert === null : url.protocol === 'http:';
  const encrypted = config.tlsCert !== null;
  if (http && (url === null || isLoopback(url.hostname))) {
    warnings.push({
      ko: '암호화하지 않는 http로 시작했습니다. 이 컴퓨터에서 시험할 때만 쓰십시오. 쿠키에 Secure가 붙지 않습니다.',
      en: 'Plain http: for trying things on this machine only. Cookies are sent without Secure.',
    });
  } else if (http) {
    warnings.push({
      ko: '공개 주소가 http입니다. 프록시가 https로 받는다면 MEDBIZ_PUBLIC_URL을 https://로 바꾸십시오.',
      en: 'The public URL is http. If your proxy speaks https, set MEDBIZ_PUBLIC_URL to its https:// address.',
    });
  }
  if (!encrypted && !isLoopback(config.host)) {
    warnings.push({
      ko: `다른 컴퓨터에서 암호화하지 않은 연결로 접속할 수 있습니다(MEDBIZ_HOST ${config.host}).`,
      en: `Other machines can connect without encryption (MEDBIZ_HOST ${config.host}).`,
    });
  }
  if (url?.protocol === 'https:' && !encrypted && config.trustedProxies === 0) {
    warnings.push({
      ko: '공개 주소는 https인데 TLS도 신뢰하는 프록시도 정해지지 않았습니다. 프록시가 있다면 MEDBIZ_TRUSTED_PROXIES를 정하십시오.',
      en: 'The public URL is https but neither TLS nor a trusted proxy is set. Behind a proxy, set MEDBIZ_TRUSTED_PROXIES.',
    });
  }
  if (config.operatorSecondFactor === 'optional') {
    warnings.push({
      ko: '운영자가 2단계 인증 없이 로그인할 수 있습니다(MEDBIZ_OPERATOR_SECOND_FACTOR optional).',
      en: 'Operators can log in without a second factor (MEDBIZ_OPERATOR_SECOND_FACTOR optional).',
    });
  }
  return warnings;
}
