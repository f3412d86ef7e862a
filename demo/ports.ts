import { once } from 'node:events';
import { createServer } from 'node:net';

/** The port that was asked for, or the usual one, or a free one where that is taken. Throws for one that was asked for. */
export async function portNear(asked: string | undefined, usual: number): Promise<number> {
  if (asked === undefined) return (await free(usual)) ?? (await free(0)) ?? usual;
  const port = Number(asked);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`${asked} is no port.`);
  if ((await free(port)) === null) {
    throw new Error(
      `포트 ${port}을(를) 이미 쓰고 있습니다. 다른 포트를 정하십시오. · Port ${port} is taken. Choose another one.`,
    );
  }
  return port;
}

async function free(port: number): Promise<number | null> {
  const server = createServer();
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    return address === null || typeof address === 'string' ? null : address.port;
  } catch {
    return null;
  } finally {
    server.close();
  }
}
