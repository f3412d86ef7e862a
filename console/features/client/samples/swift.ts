import { authorizeUrl, type Sample, type SampleInput, say } from './sample.ts';

function code(input: SampleInput): string {
  const { base, clientId, redirectUri } = input;
  const scheme = redirectUri.split(':', 1)[0] ?? '';
  const callback = scheme.startsWith('http')
    ? `.https(host: "${new URL(redirectUri).hostname}", path: "${new URL(redirectUri).pathname}")`
    : `.customScheme("${scheme}")`;
  return `import AuthenticationServices
import CryptoKit

func random() -> String {
    Data((0..<32).map { _ in UInt8.random(in: .min ... .max) }).base64url
}

extension Data {
    var base64url: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

func login(in session: WebAuthenticationSession) async throws -> Data {
    let state = random()
    let verifier = random()
    let challenge = Data(SHA256.hash(data: Data(verifier.utf8))).base64url
    let page = URL(string: "${authorizeUrl(input, {})}&state=\\(state)&code_challenge=\\(challenge)&code_challenge_method=S256")!

    let back = try await session.authenticate(using: page, callback: ${callback}, additionalHeaderFields: [:])
    let items = URLComponents(url: back, resolvingAgainstBaseURL: false)?.queryItems ?? []
    // ${say(input, '내가 시작한 로그인만 받습니다.', 'Take only the login that began here.')}
    guard items.first(where: { $0.name == "state" })?.value == state,
          let code = items.first(where: { $0.name == "code" })?.value else { throw URLError(.userAuthenticationRequired) }

    var form = URLComponents()
    form.queryItems = [
        .init(name: "grant_type", value: "authorization_code"), .init(name: "code", value: code),
        .init(name: "client_id", value: "${clientId}"), .init(name: "code_verifier", value: verifier),
        .init(name: "redirect_uri", value: "${redirectUri}"),
    ]
    var request = URLRequest(url: URL(string: "${base}/oauth/token")!)
    request.httpMethod = "POST"
    request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
    request.httpBody = form.percentEncodedQuery?.data(using: .utf8)
    return try await URLSession.shared.data(for: request).0 // access_token, refresh_token, expires_in
}
`;
}

export const swift: Sample = { id: 'swift', name: 'Swift', file: 'Login.swift', code };
