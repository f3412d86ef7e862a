import type { ConsoleErrorBody, ConsoleErrorName, FieldProblem } from './contracts.ts';

const BASE = '/api/v1';
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** An answer that is no success, or none at all: `network` when nobody answered, `unreadable` when it was not ours. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: ConsoleErrorName | 'network' | 'unreadable';
  readonly fields: readonly FieldProblem[];
  /** What to name when asking for help. */
  readonly requestId: string | null;

  constructor(
    code: ApiFailure['code'],
    about: { status: number; fields?: readonly FieldProblem[] | undefined; response?: Response },
  ) {
    super(code);
    this.name = 'ApiFailure';
    this.code = code;
    this.status = about.status;
    this.fields = about.fields ?? [];
    this.requestId = about.response?.headers.get('x-request-id') ?? null;
  }
}

let csrf = '';
/** The token of the present session, told by whoever reads the session. */
export const rememberCsrf = (token: string): void => {
  csrf = token;
};

export function urlFor(path: string, query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  );
  const search = new URLSearchParams(given).toString();
  return `${BASE}${path}${search === '' ? '' : `?${search}`}`;
}

/** Leaves for the login page, to come back here. What is half filled in stays in this browser tab's storage. */
export function toLogin(): void {
  const here = `${location.pathname}${location.search}`;
  location.assign(`/login?next=${encodeURIComponent(here)}`);
}

/** One request. Throws ApiFailure; 401 also leaves for the login page. */
export async function call<Answer>(
  method: Method,
  path: string,
  sent: { query?: Readonly<Record<string, string | undefined>>; body?: object } = {},
): Promise<Answer> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (sent.body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(urlFor(path, sent.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(sent.body === undefined ? {} : { body: JSON.stringify(sent.body) }),
    });
  } catch {
    throw new ApiFailure('network', { status: 0 });
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer as Answer;
  if (response.status === 401) toLogin();
  const failed = answer as Partial<ConsoleErrorBody> | null;
  throw new ApiFailure(failed?.error ?? 'unreadable', { status: response.status, fields: failed?.fields, response });
}
