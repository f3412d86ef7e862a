import { createServer, type RequestListener, type Server, type ServerOptions } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { newRequestId } from './request-id.ts';

export interface ListenerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** PEM texts. */
  readonly tls: { readonly cert: string; readonly key: string } | null;
}

/** A bound port. It answers 503 until an edge takes over, so the public URL is known before anything is built on it. */
export interface Listener {
  readonly port: number;
  readonly server: Server;
  use(handler: RequestListener): void;
  /** Stops accepting, lets running requests finish for up to `graceMs`, then cuts what is left. */
  close(graceMs: number): Promise<void>;
}

const LIMITS: ServerOptions = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 5_000,
  requireHostHeader: true,
  insecureHTTPParser: false,
};

/** Rejects when the port is taken or may not be used. */
export async function openListener(options: ListenerOptions): Promise<Listener> {
  const server = options.tls === null ? createServer(LIMITS) : createTlsServer({ ...LIMITS, ...options.tls });
  // Node drops headers above its count silently (RS-28); with no count, all that fit into 16 KiB arrive and are counted by the gate.
  server.maxHeadersCount = 0;
  let handler: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1', Connection: 'close', 'X-Request-Id': newRequestId() }).end();
  };
  server.on('request', (request, response) => handler(request, response));
  // Node would answer an unknown Expect by itself, without our headers; it may be ignored (RFC 9110 §10.1.1, HT-12).
  server.on('checkExpectation', (request, response) => handler(request, response));
  server.on('clientError', answerUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return {
    port: (server.address() as AddressInfo).port,
    server,
    use: (next) => {
      handler = next;
    },
    close: (graceMs) => closeServer(server, graceMs),
  };
}

function closeServer(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Bytes that are no HTTP request never reach the framework: one bare status line, then the connection ends. */
function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket | NodeJS.WritableStream): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? '431 Request Header Fields Too Large'
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? '408 Request Timeout'
        : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nX-Request-Id: ${newRequestId()}\r\n\r\n`,
  );
}
