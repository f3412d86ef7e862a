import type { Act, Actor } from './ports/index.ts';

/** The parts of a request that an audit row names. */
interface Asked {
  readonly id: string;
  readonly address: string;
  header(name: string): string | undefined;
}

const MAX_AGENT = 256;

/** Who acts in a request, and when. */
export const actBy = (request: Asked, at: number, { kind, id }: Pick<Actor, 'kind' | 'id'>): Act => ({
  at,
  actor: {
    kind,
    id,
    ip: request.address,
    userAgent: request.header('user-agent')?.slice(0, MAX_AGENT) ?? null,
    requestId: request.id,
  },
});
