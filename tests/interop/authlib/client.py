"""A Python application with Authlib, as its documentation says. Speaks in lines of JSON with the test that runs it."""

import json
import os
import sys

from authlib.common.security import generate_token
from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session

# Plain http on loopback; everywhere else Authlib refuses it.
os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"

issuer, client_id, client_secret, redirect_uri, auth_method = sys.argv[1:]


def tell(**said):
    print(json.dumps(said), flush=True)


session = OAuth2Session(
    client_id,
    client_secret or None,
    scope="PROFILE",
    redirect_uri=redirect_uri,
    token_endpoint_auth_method=auth_method,
    revocation_endpoint_auth_method=auth_method,
    code_challenge_method="S256",
)
verifier = generate_token(48)
url, state = session.create_authorization_url(f"{issuer}/oauth/authorize", code_verifier=verifier)
tell(url=url)

token = session.fetch_token(
    f"{issuer}/oauth/token",
    authorization_response=sys.stdin.readline().strip(),
    state=state,
    code_verifier=verifier,
)
tell(token={key: token[key] for key in ("token_type", "expires_in", "scope")})
tell(me=session.get(f"{issuer}/user/me").json())

refreshed = session.refresh_token(f"{issuer}/oauth/token")
tell(changed=refreshed["access_token"] != token["access_token"])

revoked = session.revoke_token(
    f"{issuer}/oauth/revoke", token=refreshed["refresh_token"], token_type_hint="refresh_token"
)
tell(revoked=revoked.status_code, after=session.get(f"{issuer}/user/me").status_code)
try:
    session.refresh_token(f"{issuer}/oauth/token", refresh_token=refreshed["refresh_token"])
except OAuthError as error:
    tell(error=error.error)
