import { type Sample, type SampleInput, say, scopeText } from './sample.ts';

function code(input: SampleInput): string {
  const { base, clientId, redirectUri, type } = input;
  const path = URL.canParse(redirectUri) ? new URL(redirectUri).pathname : '/callback';
  const isWeb = type === 'web';
  return `# pip install flask authlib requests
import os

from authlib.integrations.flask_client import OAuth
from flask import Flask

app = Flask(__name__)
app.secret_key = os.environ["SESSION_KEY"]

medbiz = OAuth(app).register(
    "medbiz",
    client_id="${clientId}",${isWeb ? '\n    client_secret=os.environ["CLIENT_SECRET"],' : '\n    token_endpoint_auth_method="none",'}
    authorize_url="${base}/oauth/authorize",
    access_token_url="${base}/oauth/token",
    api_base_url="${base}/",
    client_kwargs={"scope": "${scopeText(input)}", "code_challenge_method": "S256"},
)


@app.get("/login")
def login():
    # ${say(input, 'Authlib이 state와 PKCE를 만들고 확인합니다.', 'Authlib makes and checks state and PKCE.')}
    return medbiz.authorize_redirect("${redirectUri}")


@app.get("${path === '' ? '/' : path}")
def callback():
    token = medbiz.authorize_access_token()
    return medbiz.get("user/me", token=token).json()
`;
}

export const python: Sample = { id: 'python', name: 'Python', file: 'app.py', code };
