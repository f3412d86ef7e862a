import { type Sample, type SampleInput, say } from './sample.ts';

function code(input: SampleInput): string {
  const { base, clientId, redirectUri, scopes, type } = input;
  const credentials =
    type === 'web'
      ? `            client-secret: \${MEDBIZ_CLIENT_SECRET}
            client-authentication-method: client_secret_basic`
      : `            client-authentication-method: none # ${say(input, 'PKCE를 씁니다', 'uses PKCE')}`;
  return `# ${say(input, '의존성', 'Dependency')}: org.springframework.boot:spring-boot-starter-oauth2-client
spring:
  security:
    oauth2:
      client:
        registration:
          medbiz:
            client-id: ${clientId}
${credentials}
            authorization-grant-type: authorization_code
            redirect-uri: "${redirectUri}"
            scope: ${scopes.join(', ')}
        provider:
          medbiz:
            authorization-uri: ${base}/oauth/authorize
            token-uri: ${base}/oauth/token
            user-info-uri: ${base}/user/me
            user-name-attribute: userMuid

# ${say(
    input,
    'redirect-uri의 경로는 /login/oauth2/code/medbiz여야 기본 설정으로 동작합니다.',
    'With Spring’s defaults the path of redirect-uri has to be /login/oauth2/code/medbiz.',
  )}
# ${say(input, '로그인 시작', 'Start a login at')}: /oauth2/authorization/medbiz
`;
}

export const spring: Sample = { id: 'spring', name: 'Java · Spring', file: 'application.yml', code };
