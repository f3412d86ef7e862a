import { connect, type Socket } from 'node:net';

export interface Answer {
  readonly status: number;
  /** Lower-case names, in the order in which they came. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'hang' }
  /** The connection ended before a whole answer had come. */
  | { readonly kind: 'reset'; readonly why: string }
  | { readonly kind: 'more'; readonly answer: Answer };

interface AskOptions {
  /** The answer has no body. */
  readonly head: boolean;
  /** On a connection of its own. */
  readonly alone: boolean;
  /** Our half of the connection ends behind the request. */
  readonly last: boolean;
}

const PATIENCE_MS = 5000;

/** One keep-alive connection at a time, read by a parser of our own, so that every byte sent and received is seen. */
export class Connection {
  private socket: Socket | null = null;
  private readonly port: number;

  constructor(port: number) {
    this.port = port;
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  /** Sends the bytes and waits for the whole answer. */
  async ask(bytes: Buffer, options: AskOptions): Promise<Outcome> {
    if (options.alone) this.close();
    // Late errors of a connection that was given up are nobody's business.
    this.socket ??= connect({ port: this.port, host: '127.0.0.1', noDelay: true }).on('error', () => undefined);
    const outcome = await exchange(this.socket, bytes, options);
    const isOver =
      outcome.kind !== 'answer' ||
      options.alone ||
      outcome.answer.headers.some(([name, value]) => name === 'connection' && value.toLowerCase() === 'close');
    if (isOver) this.close();
    return outcome;
  }
}

function exchange(socket: Socket, bytes: Buffer, { head, last }: AskOptions): Promise<Outcome> {
  return new Promise((resolve) => {
    let received: Buffer = Buffer.alloc(0);
    let failed = '';
    const timer = setTimeout(() => done({ kind: 'hang' }), PATIENCE_MS);
    const done = (outcome: Outcome): void => {
      clearTimeout(timer);
      socket.off('data', onData).off('error', onError).off('close', onClose);
      resolve(outcome);
    };
    const onData = (chunk: Buffer): void => {
      received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
      const parsed = parseAnswer(received, head);
      if (parsed === null) return;
      done({ kind: parsed.rest === 0 ? 'answer' : 'more', answer: parsed.answer });
    };
    const onError = (error: NodeJS.ErrnoException): void => {
      failed = error.code ?? error.message;
    };
    const onClose = (): void => done({ kind: 'reset', why: `${failed || 'closed'} after ${received.length} bytes` });
    socket.on('data', onData).on('error', onError).on('close', onClose);
    // Nothing more will come: a request that is too short must not look like a server that is too slow.
    if (last) socket.end(bytes);
    else socket.write(bytes);
  });
}

/** Null while more has to come. */
function parseAnswer(all: Buffer, head: boolean): { answer: Answer; rest: number } | null {
  const end = all.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const [first = '', ...lines] = all.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(first.split(' ')[1]);
  const after = all.subarray(end + 4);
  // An interim answer (100 Continue): the real one follows.
  if (status < 200) return parseAnswer(after, head);
  const headers = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  const named = (name: string): string | undefined => headers.find(([each]) => each === name)?.[1];
  if (head || status === 204 || status === 304) return { answer: { status, headers, body: '' }, rest: after.length };
  if (named('transfer-encoding') === 'chunked') {
    const body = parseChunks(after);
    return body && { answer: { status, headers, body: body.text }, rest: after.length - body.used };
  }
  const length = Number(named('content-length') ?? 0);
  if (after.length < length) return null;
  return { answer: { status, headers, body: after.subarray(0, length).toString() }, rest: after.length - length };
}

function parseChunks(bytes: Buffer): { text: string; used: number } | null {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = bytes.indexOf('\r\n', at);
    if (line < 0) return null;
    const size = Number.parseInt(bytes.subarray(at, line).toString('latin1'), 16);
    const next = line + 2 + size + 2;
    if (bytes.length < next) return null;
    if (size === 0) return { text: Buffer.concat(parts).toString(), used: next };
    parts.push(bytes.subarray(line + 2, line + 2 + size));
    at = next;
  }
}
