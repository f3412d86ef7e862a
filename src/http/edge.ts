import type { IncomingMessage, ServerResponse } from 'node:http';
import { type FastifyReply, fastify } from 'fastify';
import { type Clock, PageError } from '#kernel';
import { hasBody } from './body.ts';
import { corsHeaders, preflightHeaders } from './cors.ts';
import { failure } from './failure.ts';
import { type Arrival, type GateAnswer, gate } from './gate.ts';
import type { Listener } from './listener.ts';
import { chosenLocale, LANGUAGE_COOKIE } from './locale.ts';
import type { Logger } from './logger.ts';
import { m2mEcho } from './m2m.ts';
import { otherHost } from './other-host.ts';
import { createRefusals } from './refusals.ts';
import { lenientQuery, readRequest } from './request.ts';
import { newRequestId } from './request-id.ts';
import { routeTable, servesHead } from './route-table.ts';
import { isPrefetch } from './same-origin.ts';
import type { HttpAnswer, PageErrorRenderer, Route } from './types.ts';
import { type WireAnswer, wireAnswer } from './wire.ts';

export interface EdgeOptions {
  readonly routes: readonly Route[];
  /** Scheme, host and port, without a slash at the end. Decides cookies, HSTS and which host pages are shown on. */
  readonly publicUrl: string;
  /** How many proxies of ours stand in front. */
  readonly trustedProxies: number;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly renderPageError: PageErrorRenderer;
  readonly isPublicClientOrigin: (origin: string) => Promise<boolean>;
}

export interface Edge {
  /** What it serves. */
  readonly routes: readonly Route[];
  /** Stops accepting and waits for running requests, at most ten seconds. */
  close(): Promise<void>;
}

/** A request between the gate and its handler. */
interface Accepted {
  readonly id: string;
  readonly arrival: Arrival;
  readonly startedAt: number;
}

type Next = (message: IncomingMessage, response: ServerResponse) => void;

const SLOW_MS = 1000;
const GRACE_MS = 10_000;
const LANGUAGE_SECONDS = 365 * 24 * 3600;
const PREFETCH_REFUSED = ['/oauth', '/signin'];

/** Serves the routes on a listener. Everything that every answer owes is added here, whatever the handler does. */
export async function createEdge(options: EdgeOptions, listener: Listener): Promise<Edge> {
  const { logger } = options;
  const https = options.publicUrl.startsWith('https:');
  const match = routeTable(options.routes);
  const refusals = createRefusals({ ...options, https });
  const accepted = new WeakMap<IncomingMessage, Accepted>();

  /** Every request starts here, before the framework. */
  function receive(message: IncomingMessage, response: ServerResponse, next: Next): void {
    const id = newRequestId();
    const decided = gate(message, match);
    if (decided.kind === 'pass') {
      accepted.set(message, { id, arrival: decided.arrival, startedAt: performance.now() });
      next(message, response);
    } else if (decided.kind === 'refuse') {
      sendRaw(response, message, refusals.decided(decided.failure, { ...decided, id, message }));
    } else {
      void preflight(message, id, decided).then((wire) => sendRaw(response, message, wire));
    }
  }

  async function preflight(message: IncomingMessage, id: string, asked: GateAnswer & { kind: 'preflight' }) {
    try {
      const allowed = await corsHeaders(asked.cors, message.headers.origin, options.isPublicClientOrigin);
      const cors = preflightHeaders(asked.methods, allowed);
      return wireAnswer({ status: 204 }, { requestId: id, surface: 'plain', https, cors });
    } catch (error) {
      return refusals.thrown(error, { id, message, surface: 'plain', path: asked.path });
    }
  }

  async function serve(message: IncomingMessage, { id, arrival }: Accepted): Promise<WireAnswer> {
    const { route } = arrival;
    let cors: Record<string, string> | null = null;
    try {
      if (route.cors) cors = await corsHeaders(route.cors, message.headers.origin, options.isPublicClientOrigin);
      const answer = await (route.surface === 'page' ? page : plain)(message, id, arrival);
      const headers = { ...m2mEcho(route.surface, message), ...answer.headers };
      return wireAnswer(
        { ...answer, headers },
        { requestId: id, surface: route.surface, https, origin: options.publicUrl, cors },
      );
    } catch (error) {
      return refusals.thrown(error, { ...arrival, id, message, surface: route.surface, cors });
    }
  }

  const plain = async (message: IncomingMessage, id: string, arrival: Arrival): Promise<HttpAnswer> =>
    arrival.route.handle(await readRequest(message, id, arrival, { https, trustedProxies: options.trustedProxies }));

  async function page(message: IncomingMessage, id: string, arrival: Arrival): Promise<HttpAnswer> {
    if (message.method !== 'GET') return plain(message, id, arrival);
    const elsewhere = otherHost(message, options.publicUrl, options.trustedProxies);
    if (elsewhere !== null) return { status: 302, headers: { Location: elsewhere } };
    // CO-16: what only looks ahead gets no code and starts nothing.
    if (PREFETCH_REFUSED.some((base) => arrival.path.startsWith(base)) && isPrefetch(message)) {
      throw new PageError('prefetch', 403, { reason: 'prefetch' });
    }
    const answer = await plain(message, id, arrival);
    const language = chosenLocale(lenientQuery(arrival));
    if (language === null) return answer;
    const cookie = { name: LANGUAGE_COOKIE, value: language, maxAgeSeconds: LANGUAGE_SECONDS };
    return { ...answer, cookies: [...(answer.cookies ?? []), cookie] };
  }

  /** A request that the framework refused after the gate let it pass; null for "not found". */
  function refuseLate(error: unknown, message: IncomingMessage, reply: FastifyReply): FastifyReply {
    const { id, arrival } = accepted.get(message) ?? { id: newRequestId(), arrival: null };
    const refused = { id, message, surface: arrival?.route.surface ?? 'plain', path: arrival?.path ?? '' } as const;
    const wire =
      error === null ? refusals.decided(failure(404, 'malformed'), refused) : refusals.thrown(error, refused);
    return send(reply, message, wire);
  }

  const app = fastify({
    logger: false,
    genReqId: (message) => accepted.get(message)?.id ?? '',
    requestIdHeader: false,
    exposeHeadRoutes: false,
    // The server has been listening before the framework was made; its limits are set there.
    serverFactory: (handler) => {
      listener.use((message, response) => receive(message, response, handler));
      return listener.server;
    },
    routerOptions: { maxParamLength: 1024, querystringParser: () => ({}) },
    frameworkErrors: (error, request, reply) => {
      void refuseLate(error, request.raw, reply);
    },
  });
  // Bodies are read by `readRequest`, with its own limits and grammar, never by the framework.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.setErrorHandler((error, request, reply) => refuseLate(error, request.raw, reply));
  app.setNotFoundHandler((request, reply) => refuseLate(null, request.raw, reply));

  for (const route of options.routes) {
    app.route({
      method: servesHead(route) ? [route.method, 'HEAD'] : route.method,
      url: route.path,
      handler: async ({ raw: message }, reply) => {
        const known = accepted.get(message);
        if (known?.arrival.route !== route) return refuseLate(null, message, reply);
        const wire = await serve(message, known);
        const tookMs = Math.round(performance.now() - known.startedAt);
        if (tookMs > SLOW_MS) {
          logger.warn({ requestId: known.id, route: route.path, status: wire.status, tookMs }, 'A request was slow.');
        }
        return send(reply, message, wire);
      },
    });
  }

  await app.ready();
  return {
    routes: options.routes,
    close: async () => {
      await listener.close(GRACE_MS);
      await app.close();
    },
  };
}

/** A body that nobody read to its end must not be taken for the next request. */
const closing = (message: IncomingMessage): Record<string, string> =>
  hasBody(message) && !message.complete ? { Connection: 'close' } : {};

const send = (reply: FastifyReply, message: IncomingMessage, wire: WireAnswer): FastifyReply =>
  reply
    .code(wire.status)
    .headers({ ...wire.headers, ...closing(message) })
    .send(wire.body);

function sendRaw(response: ServerResponse, message: IncomingMessage, wire: WireAnswer): void {
  const length = wire.status === 204 ? {} : { 'Content-Length': Buffer.byteLength(wire.body) };
  response.writeHead(wire.status, { ...wire.headers, ...length, ...closing(message) });
  response.end(message.method === 'HEAD' ? undefined : wire.body);
}
