import { type Sample, type SampleInput, say, scopeText } from './sample.ts';

function code(input: SampleInput): string {
  const { base, clientId, redirectUri } = input;
  return `// build.gradle.kts: implementation("net.openid:appauth:0.11.1")
// ${say(input, 'manifestPlaceholders["appAuthRedirectScheme"]에 redirect URL의 스킴을 넣습니다.', 'Put the redirect URL’s scheme into manifestPlaceholders["appAuthRedirectScheme"].')}
import net.openid.appauth.*

private val service = AuthorizationServiceConfiguration(
    Uri.parse("${base}/oauth/authorize"),
    Uri.parse("${base}/oauth/token"),
)

private val result = registerForActivityResult(StartActivityForResult()) { answer ->
    val data = answer.data ?: return@registerForActivityResult
    val response = AuthorizationResponse.fromIntent(data) ?: return@registerForActivityResult
    auth.performTokenRequest(response.createTokenExchangeRequest()) { tokens, problem ->
        // ${say(input, 'tokens?.accessToken으로 GET /user/me를 부릅니다.', 'Call GET /user/me with tokens?.accessToken.')}
    }
}

private val auth by lazy { AuthorizationService(this) }

fun login() {
    // ${say(input, 'AppAuth가 state와 PKCE를 알아서 만들고 확인합니다.', 'AppAuth makes and checks state and PKCE by itself.')}
    val request = AuthorizationRequest.Builder(
        service,
        "${clientId}",
        ResponseTypeValues.CODE,
        Uri.parse("${redirectUri}"),
    ).setScope("${scopeText(input)}").build()
    result.launch(auth.getAuthorizationRequestIntent(request))
}
`;
}

export const android: Sample = { id: 'android', name: 'Android', file: 'LoginActivity.kt', code };
