import type { Locale } from '#kernel';

/** Parameters without repeats; a name that came without a value is absent (RFC 6749 §3.1). */
export type Params = ReadonlyMap<string, string>;

/**
 * Which error writer answers: OAuth JSON, a page, the open API's JSON (contract section 8), the device data server's own
 * (section 7), the console's own API (the open API's JSON with the fields of a form, and no Bearer challenge), or plain
 * text for probes.
 */
export type Surface = 'oauth' | 'page' | 'api' | 'm2m' | 'console' | 'plain';

/** A request as modules see it: framework types stop at this module. */
export interface HttpRequest {
  /** Shown to people on error pages and logged; made by us, never taken from outside. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly pathParams: Readonly<Record<string, string>>;
  /** Lower-case name; undefined when absent. Headers that must be single are refused by the edge when repeated. */
  header(name: string): string | undefined;
  /** Throws the surface's malformed-request error on repeats, bad escapes or more than 100 names. */
  query(): Params;
  /** The form body; empty when there is none. The edge has already refused other media types on form routes. */
  readonly form: Params;
  /** The JSON body of a route that takes one, undefined otherwise. Bounded in size and depth. */
  readonly json: unknown;
  readonly cookies: Params;
  /** The caller's address in canonical form (an IPv6 one is whole here); from a trusted proxy's header only where configured. */
  readonly address: string;
  /** Chosen by `ui_locales` or `lang` in the query, then the language cookie, then Accept-Language; Korean otherwise. */
  readonly locale: Locale;
}

export interface Cookie {
  /** Without prefix: the edge adds `__Host-` on https. */
  readonly name: string;
  /** Empty to remove it. */
  readonly value: string;
  readonly maxAgeSeconds?: number;
}

/** What a handler answers. Security headers and `Cache-Control: no-store` are added by the edge. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly cookies?: readonly Cookie[];
  /** A string is sent as `type` says (HTML on the page surface); an object as JSON. */
  readonly body?: string | Uint8Array | object;
  readonly type?: string;
  /** An origin or scheme that a form on this page may end at, besides our own (CSP form-action). */
  readonly formAction?: string;
  /** The console's page runs our own scripts and asks our own API. */
  readonly scripted?: boolean;
  /** Our own path of the one script that this page runs; it may also ask us for data. None runs without it. */
  readonly script?: string;
  /** For public, immutable things alone. */
  readonly cacheSeconds?: number;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Literal segments and `:name`. */
  readonly path: string;
  readonly surface: Surface;
  /** What body it takes; anything else is 415. */
  readonly body: 'none' | 'form' | 'json';
  /** `metadata`: any origin may read. `public-client`: origins of registered public clients. */
  readonly cors?: 'metadata' | 'public-client';
  readonly handle: (request: HttpRequest) => Promise<HttpAnswer>;
}

/** Gives pages their form: main passes the renderer in, so that the edge knows no HTML. */
export interface PageErrorRenderer {
  (
    error: { kind: string; status: number; retryAfter: number | undefined },
    context: { locale: Locale; requestId: string },
  ): string;
}
