import { authorizeUrl, type Sample, type SampleInput, say } from './sample.ts';

/** RFC 7636, appendix B: the pair that everybody may know, for a first try by hand. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

const proof = { code_challenge: CHALLENGE, code_challenge_method: 'S256' };

function code(input: SampleInput): string {
  const { base, clientId, redirectUri, type, pkce } = input;
  const credentials = type === 'web' ? `-u "${clientId}:$CLIENT_SECRET"` : `-d client_id=${clientId}`;
  return `# ${say(input, '1. 브라우저에서 엽니다. 로그인하고 동의하면 code가 붙어 돌아옵니다.', '1. Open this in a browser. Log in and agree: it comes back with a code.')}
${authorizeUrl(input, pkce ? { state: 'first', ...proof } : { state: 'first' })}

# ${say(input, '2. 돌아온 주소의 code를 60초 안에 토큰으로 바꿉니다.', '2. Swap the code in that address for tokens, within a minute.')}
curl ${credentials} ${base}/oauth/token \\
  -d grant_type=authorization_code \\
  -d code="$CODE" \\${pkce ? `\n  -d code_verifier=${VERIFIER} \\` : ''}
  --data-urlencode redirect_uri=${redirectUri}

# ${say(input, '3. 로그인한 사람을 읽습니다.', '3. Read who has logged in.')}
curl -H "Authorization: Bearer $ACCESS_TOKEN" ${base}/user/me
${pkce ? `\n# ${say(input, '위 code_verifier는 시험용입니다. 실제로는 로그인마다 새로 만드세요.', 'This code_verifier is for a first try. In earnest, make a new one for every login.')}\n` : ''}`;
}

export const curl: Sample = { id: 'curl', name: 'curl', file: 'shell', code };
