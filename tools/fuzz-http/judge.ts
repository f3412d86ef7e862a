import { surfaceOf } from '#http';
import { type Attempt, isFramed } from './attempt.ts';
import { MARK, SMUGGLED } from './values.ts';
import type { Answer, Outcome } from './wire.ts';

export interface Known {
  /** Our own origin. */
  readonly url: string;
  /** Every redirect URI that any client registered. */
  readonly registered: ReadonlySet<string>;
}

const OWED = [
  'x-content-type-options',
  'x-frame-options',
  'referrer-policy',
  'permissions-policy',
  'content-security-policy',
  'cache-control',
  'x-request-id',
] as const;
const COOKIE = /^(?:__Host-)?medbiz[a-z-]*=[^;]*; Path=\/; HttpOnly; SameSite=Lax(?:; Secure)?(?:; Max-Age=\d+)?$/;
/** What must never leave the house: stacks, paths, statements (LK-07). */
const INSIDE =
  /\bat (?:async )?[\w.<>]+ \(|node:internal|node_modules|\/src\/[a-z]+\/|SQLITE_|select .+ from |pg_catalog/i;

/** What is wrong with an answer, each as a few words; empty when all is well. */
export function judge(attempt: Attempt, outcome: Outcome, known: Known): string[] {
  if (outcome.kind === 'hang') return ['no answer within 5 s'];
  // A request that ends before the length that it gave itself is nobody's to answer.
  if (outcome.kind === 'reset' && attempt.broken && isFramed(attempt)) return [];
  if (outcome.kind === 'reset') return [`the connection ended without an answer (${outcome.why})`];
  const { answer } = outcome;
  const problems: string[] = [];
  if (outcome.kind === 'more' && !attempt.broken) problems.push('bytes after the answer');
  if (!(answer.status >= 200 && answer.status < 500)) problems.push(`status ${answer.status}`);
  if (answer.headers.some(([name]) => name === SMUGGLED.toLowerCase())) problems.push('a header was smuggled in');
  if (isUnreadable(answer)) return problems;
  return [
    ...problems,
    ...owedHeaders(answer),
    ...jsonErrors(attempt, answer),
    ...redirects(answer, known),
    ...pages(answer, known),
    ...(INSIDE.test(answer.body) && !isAsset(attempt) ? ['something of the inside in the body'] : []),
  ];
}

/** The bare line for what is no HTTP: its path is not known, so it has no shape of a surface. */
const isUnreadable = ({ status, headers, body }: Answer): boolean =>
  [400, 408, 417, 431].includes(status) &&
  body === '' &&
  headers.some(([name, value]) => name === 'connection' && value === 'close') &&
  !headers.some(([name]) => name === 'content-security-policy');

const isAsset = ({ path }: Attempt): boolean => path.startsWith('/assets/');
const valueOf = ({ headers }: Answer, name: string): string | undefined => headers.find(([each]) => each === name)?.[1];

function owedHeaders(answer: Answer): string[] {
  const problems = OWED.filter((name) => valueOf(answer, name) === undefined).map((name) => `no ${name}`);
  const cache = valueOf(answer, 'cache-control') ?? '';
  if (cache !== 'no-store' && !/^public, max-age=\d+(?:, immutable)?$/.test(cache))
    problems.push(`cache-control ${cache}`);
  if (cache !== 'no-store' && answer.status >= 400) problems.push('an error that may be cached');
  for (const [name, value] of answer.headers) {
    if (name === 'set-cookie' && !COOKIE.test(value)) problems.push(`cookie ${value.replace(/=[^;]*/, '=…')}`);
    if (name === 'access-control-allow-credentials') problems.push('credentials are shared across origins');
  }
  const policy = valueOf(answer, 'content-security-policy') ?? '';
  if (!policy.includes("default-src 'none'") || !policy.includes("frame-ancestors 'none'"))
    problems.push(`policy ${policy}`);
  return problems;
}

/** Errors of programs' surfaces are JSON in the shape of the surface (RFC 6749 §5.2, platform contract section 8). */
function jsonErrors(attempt: Attempt, answer: Answer): string[] {
  if (answer.status < 400 || attempt.method === 'HEAD') return [];
  // Two paths mean two things only where the raw one does: a dot segment belongs to nobody.
  const surface = attempt.path.startsWith('/') ? surfaceOf(attempt.path) : 'plain';
  if (surface === 'page' || surface === 'plain') return [];
  if (!/^application\/json\b/.test(valueOf(answer, 'content-type') ?? ''))
    return [`an error of ${surface} without JSON`];
  let body: Record<string, unknown>;
  try {
    body = JSON.parse(answer.body) as Record<string, unknown>;
  } catch {
    return [`an error of ${surface} with JSON that can not be read`];
  }
  if (surface === 'oauth' && typeof body['error'] !== 'string') return ['an OAuth error without a code'];
  if ((surface === 'api' || surface === 'console') && (body['errCode'] !== true || body['status'] !== answer.status))
    return ['an API error in another shape'];
  if (surface === 'm2m' && typeof body['m2m:dbg'] !== 'string') return ['a device data error in another shape'];
  return [];
}

/** Where an answer may lead: within our own origin, or to a registered URI with an answer behind it. */
function mayLeadTo(target: string, known: Known): boolean {
  if (target.startsWith(`${known.url}/`) || target === known.url) return true;
  if (/^\/(?![/\\])/.test(target)) return true;
  if (known.registered.has(target)) return true;
  // RFC 8252 §7.3: a native client may have asked for any port.
  const anyPort = target.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\])):[1-9]\d{0,4}(?=\/)/, '$1');
  return [target, anyPort].some((each) =>
    [...known.registered].some((uri) => each.startsWith(uri) && /^[?&#]/.test(each.slice(uri.length))),
  );
}

function redirects(answer: Answer, known: Known): string[] {
  const problems: string[] = [];
  const location = valueOf(answer, 'location');
  if (location !== undefined && !mayLeadTo(location, known)) problems.push('a redirect to an unproven address');
  if (location === undefined && answer.status >= 301 && answer.status <= 308 && answer.status !== 304)
    problems.push('a redirect to nowhere');
  if (valueOf(answer, 'refresh') !== undefined) problems.push('a Refresh header');
  return problems;
}

const unescape = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

function pages(answer: Answer, known: Known): string[] {
  if (!/^text\/html\b/.test(valueOf(answer, 'content-type') ?? '')) return [];
  const problems: string[] = [];
  if (answer.body.includes(MARK)) problems.push('markup of the request in a page');
  if (/\bhttp-equiv="?refresh/i.test(answer.body)) problems.push('a page that leads away by itself');
  for (const [, attribute = '', target = ''] of answer.body.matchAll(/\s(action|href|src)="([^"]*)"/g)) {
    const plain = unescape(target);
    // To an authenticator app on the same phone; nothing of a request stands in it.
    const isOwnKey =
      attribute === 'href' && /^otpauth:\/\/totp\/MEDBIZ:[^?]*\?issuer=MEDBIZ&secret=[A-Z2-7]{32}&/.test(plain);
    if (isOwnKey) continue;
    if (!/^[#?]/.test(plain) && plain !== 'data:,' && !plain.startsWith('mailto:') && !mayLeadTo(plain, known))
      problems.push(`a page whose ${attribute} is an unproven address`);
  }
  return problems;
}
