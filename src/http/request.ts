import type { IncomingMessage } from 'node:http';
import type { PrivateReason } from '#kernel';
import { callerAddress } from './address.ts';
import { hasBody, MAX_BODY, readBody, textOf } from './body.ts';
import { readCookies } from './cookies.ts';
import type { Arrival } from './gate.ts';
import { parseJson } from './json.ts';
import { LANGUAGE_COOKIE, pickLocale } from './locale.ts';
import { FORM_TYPE, JSON_TYPE, readMediaType } from './media-type.ts';
import { type ParameterProblem, parseParameters } from './parameters.ts';
import { surfaceError, type WireSurface } from './surface.ts';
import type { HttpRequest, Params, Route } from './types.ts';

export interface RequestSettings {
  readonly https: boolean;
  readonly trustedProxies: number;
}

const NO_PARAMS: Params = new Map();

/** Reads one request for its handler. Throws the error of its surface for what can't be read. */
export async function readRequest(
  message: IncomingMessage,
  id: string,
  arrival: Arrival,
  settings: RequestSettings,
): Promise<HttpRequest> {
  const { route } = arrival;
  const header = (name: string): string | undefined => {
    const value = message.headers[name.toLowerCase()];
    return typeof value === 'string' ? value : value?.join(', ');
  };
  const cookies = readCookies(header('cookie'), settings.https);
  if (!cookies.ok) throw refused(route.surface, cookies.problem, 'A cookie');
  const body = await readRouteBody(message, route);
  let query: Params | undefined;
  return {
    id,
    method: message.method ?? '',
    path: arrival.path,
    pathParams: arrival.params,
    header,
    query: () => {
      query ??= parametersOf(arrival.rawQuery, route.surface, 'A query parameter');
      return query;
    },
    form: body.form,
    json: body.json,
    cookies: cookies.value,
    get address() {
      return callerAddress(message.socket.remoteAddress, header('x-forwarded-for'), settings.trustedProxies);
    },
    get locale() {
      return pickLocale(lenientQuery(arrival), cookies.value.get(LANGUAGE_COOKIE), header('accept-language'));
    },
  };
}

/** For choosing a language alone: a query that can't be read chooses none. */
export function lenientQuery(arrival: Pick<Arrival, 'rawQuery'>): Params | null {
  const parsed = parseParameters(arrival.rawQuery);
  return parsed.ok ? parsed.value : null;
}

interface Body {
  readonly form: Params;
  readonly json: unknown;
}

const EMPTY: Body = { form: NO_PARAMS, json: undefined };

async function readRouteBody(message: IncomingMessage, route: Route): Promise<Body> {
  // A content type without a body is fine everywhere: the mobile SDK sends one with every call (platform contract).
  if (!hasBody(message)) return EMPTY;
  const sent = message.headers['content-type'];
  const type = sent === undefined ? null : readMediaType(sent);
  const bytes = takes(route, type) ? await readBody(message, MAX_BODY) : await readBody(message, 0);
  if (bytes === 'aborted') throw surfaceError(route.surface, 400, 'malformed', 'The body is incomplete.');
  if (!takes(route, type)) {
    if (bytes !== 'too-large') return EMPTY;
    throw wrongMediaType(route, type);
  }
  if (bytes === 'too-large') throw surfaceError(route.surface, 413, 'too-large', 'The body is too large.');
  const text = textOf(bytes);
  if (text === null) throw refused(route.surface, 'malformed', 'The body');
  if (route.body === 'form') return { form: parametersOf(text, route.surface, 'A parameter'), json: undefined };
  const json = parseJson(text);
  if (!json.ok)
    throw surfaceError(route.surface, 400, json.problem, 'The body is no JSON object or array, or too deep.');
  return { form: NO_PARAMS, json: json.value };
}

/** oneM2M names its JSON by a type of its own, too (TS-0009 §6.7.2). */
function takes(route: Route, type: string | null): boolean {
  if (route.body === 'none') return false;
  if (route.body === 'form') return type === FORM_TYPE;
  return type === JSON_TYPE || (route.surface === 'm2m' && type === ONEM2M_TYPE);
}

const ONEM2M_TYPE = 'application/vnd.onem2m-res+json';

/** 415, but JSON sent to an OAuth form endpoint is an invalid_request like any other misuse of it (PA-11). */
function wrongMediaType(route: Route, type: string | null): Error {
  const status = route.surface === 'oauth' && type === JSON_TYPE ? 400 : 415;
  const sentence =
    route.body === 'none'
      ? 'This request takes no body.'
      : `The body must be ${route.body === 'form' ? FORM_TYPE : JSON_TYPE} in UTF-8.`;
  return surfaceError(route.surface, status, 'wrong-media-type', sentence);
}

function parametersOf(text: string, surface: WireSurface, what: string): Params {
  const parsed = parseParameters(text);
  if (!parsed.ok) throw refused(surface, parsed.problem, what);
  return parsed.value;
}

const PROBLEMS: Readonly<Record<ParameterProblem, string>> = {
  malformed: 'is not properly encoded UTF-8.',
  'repeated-parameter': 'was sent more than once.',
  'too-large': 'is one too many.',
};

const refused = (surface: WireSurface, problem: ParameterProblem & PrivateReason, what: string): Error =>
  surfaceError(surface, 400, problem, `${what} ${PROBLEMS[problem]}`);
