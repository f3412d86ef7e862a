/** An origin or a scheme, as Content-Security-Policy spells sources; nothing that could end the directive. */
const SOURCE = /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[A-Za-z0-9.\-[\]:]+)?$/;

/** Origin and path of one of our own files. */
const SCRIPT = /^https?:\/\/[A-Za-z0-9.\-[\]:]+\/assets\/[A-Za-z0-9.-]+\.js$/;

const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * `form-action` also covers where a form's answer redirects to: Chromium blocks the redirect to a client unless its
 * origin stands here, so a page whose form may end there names the proven origin.
 */
function pagePolicy(formAction: string | undefined, script: string | null): string {
  const also = formAction !== undefined && SOURCE.test(formAction) ? ` ${formAction}` : '';
  return [
    "default-src 'none'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    // By its whole address: nothing else that this host ever serves runs here, whatever its type.
    ...(script !== null && SCRIPT.test(script)
      ? [`script-src ${script}`, "connect-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"]
      : []),
    `form-action 'self'${also}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');
}

/** The console: a single page that runs our own scripts and asks our own API, and nothing else. */
const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
].join('; ');

/**
 * Headers of every answer. Referrer-Policy is same-origin because no-referrer would make Chromium send `Origin: null`
 * with our own forms; a redirect has no form, and its address may hold a link's value or a code (AC-15). There is no
 * Cross-Origin-Opener-Policy: clients open login in a popup and wait for it.
 */
export function securityHeaders(answer: {
  html: boolean;
  https: boolean;
  redirect: boolean;
  shared: boolean;
  formAction: string | undefined;
  scripted: boolean;
  script: string | null;
}): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': answer.redirect ? 'no-referrer' : 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'Content-Security-Policy': answer.html
      ? answer.scripted
        ? CONSOLE_POLICY
        : pagePolicy(answer.formAction, answer.script)
      : DATA_POLICY,
    ...(answer.shared ? {} : { 'Cross-Origin-Resource-Policy': 'same-origin' }),
    ...(answer.https ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
  };
}
