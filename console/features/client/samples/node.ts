import { type Sample, type SampleInput, say, scopeText } from './sample.ts';

function code(input: SampleInput): string {
  const { base, clientId, redirectUri, type } = input;
  const isWeb = type === 'web';
  return `import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

const BASE = '${base}';
const CLIENT_ID = '${clientId}';
const REDIRECT_URI = '${redirectUri}';
const text = () => randomBytes(32).toString('base64url');
const logins = new Map(); // ${say(input, '실제로는 사용자의 세션에 두세요.', 'In earnest, keep these in the user’s session.')}

createServer(async (request, response) => {
  const url = new URL(request.url, REDIRECT_URI);
  if (url.pathname !== new URL(REDIRECT_URI).pathname) {
    const state = text();
    const verifier = text();
    logins.set(state, verifier);
    const login = new URL('/oauth/authorize', BASE);
    login.search = new URLSearchParams({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: REDIRECT_URI,
      scope: '${scopeText(input)}',
      state,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
    });
    return response.writeHead(302, { Location: login.href }).end();
  }

  // ${say(input, '내가 시작한 로그인만 받습니다.', 'Take only logins that began here.')}
  const verifier = logins.get(url.searchParams.get('state'));
  logins.delete(url.searchParams.get('state'));
  if (verifier === undefined || !url.searchParams.has('code')) return response.writeHead(400).end();

  const tokens = await fetch(new URL('/oauth/token', BASE), {
    method: 'POST',${isWeb ? '\n    headers: { Authorization: `Basic ${btoa(`${CLIENT_ID}:${process.env.CLIENT_SECRET}`)}` },' : ''}
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: url.searchParams.get('code'),
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,${isWeb ? '' : '\n      client_id: CLIENT_ID,'}
    }),
  }).then((answer) => answer.json());

  const user = await fetch(new URL('/user/me', BASE), {
    headers: { Authorization: \`Bearer \${tokens.access_token}\` },
  }).then((answer) => answer.json());
  response.setHeader('Content-Type', 'application/json').end(JSON.stringify(user));
}).listen(new URL(REDIRECT_URI).port || 3000);
`;
}

export const node: Sample = { id: 'node', name: 'Node.js', file: 'login.mjs', code };
