import { ENDPOINTS, type Endpoint } from '#contracts/console';
import type { Browser } from '../../tests/support/browser.ts';
import type { TestClient, TestUser } from '../../tests/support/world.ts';
import { type Attempt, encode, type Pair } from './attempt.ts';
import { KnownValues, sampleOf } from './shapes.ts';

const BASE = '/api/v1';
/** So many messages are spoken of. */
const MOST = 3;

export interface Things {
  readonly clients: readonly TestClient[];
  /** What deletes or suspends a client does it to this one. */
  readonly doomed: TestClient;
  /** What operators do to people they do to these. */
  readonly people: readonly TestUser[];
}

/** The console's own API: every endpoint of its contract, with a body that the contract takes, as somebody who may. */
export async function consoleRequests(browser: Browser, things: Things): Promise<Attempt[]> {
  const { clients, doomed, people } = things;
  const known = new KnownValues();
  const read = async (path: string): Promise<void> => {
    const { status, text } = await browser.get(`${BASE}${path}`);
    if (status !== 200 || !text.startsWith('{')) return;
    const answer = JSON.parse(text) as { items?: { id?: unknown }[] };
    known.learn(answer);
    // An id is an id of something: a message's is no client's.
    for (const { id } of answer.items ?? []) known.note(`${path.split('/')[1]}.id`, id);
  };
  const endpoints: Endpoint[] = Object.values(ENDPOINTS);
  const about = (thing: string): Endpoint[] => endpoints.filter(({ path }) => path.includes(`/${thing}/:id`));
  const plain = endpoints.filter(({ path }) => !path.includes('/:id'));
  for (const { method, path } of plain) if (method === 'GET') await read(path);
  for (const { loginId, password } of people) {
    known.note('password', password);
    known.note('subject', loginId);
  }
  for (const { id, redirectUri } of clients) {
    known.note('clients.id', id);
    known.note('redirectUris', [redirectUri]);
  }
  const [csrf = ''] = known.fitting('csrf', { type: 'string' });
  const headers: Pair[] = [
    ['Cookie', [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')],
    ['X-CSRF-Token', String(csrf)],
  ];

  const attempts = plain.map((endpoint) => attemptAt(endpoint, '', known, headers));
  for (const { id } of [...clients, doomed]) {
    for (const { method, path } of about('clients')) if (method === 'GET') await read(path.replace(':id', id));
    for (const endpoint of about('clients')) {
      if (endsOne(endpoint) === (id === doomed.id)) attempts.push(attemptAt(endpoint, id, known, headers));
    }
  }
  for (const { muid } of people) {
    for (const endpoint of about('users')) attempts.push(attemptAt(endpoint, muid, known, headers));
  }
  for (const id of known.fitting('notices.id', { type: 'string' }).slice(0, MOST)) {
    for (const endpoint of about('notices')) attempts.push(attemptAt(endpoint, String(id), known, headers));
  }
  return attempts;
}

const endsOne = ({ method, path }: Endpoint): boolean =>
  path.endsWith('/suspend') || (method === 'DELETE' && path === '/clients/:id');

function attemptAt(endpoint: Endpoint, id: string, known: KnownValues, headers: readonly Pair[]): Attempt {
  const { method, path, params, query, body } = endpoint;
  const asked = query === undefined ? {} : (sampleOf(query, '', known) as Record<string, unknown>);
  return {
    method,
    path:
      BASE +
      path.replaceAll(/:([A-Za-z]+)/g, (_all, name: string) => {
        const schema = params?.properties[name];
        return name === 'id' || schema === undefined ? id : String(sampleOf(schema, name, known));
      }),
    query: Object.entries(asked).map(([name, value]): Pair => [name, encode(String(value))]),
    headers: body === undefined ? headers : [['Content-Type', 'application/json'], ...headers],
    body: body === undefined ? { kind: 'none' } : { kind: 'json', value: sampleOf(body, '', known) },
    broken: false,
  };
}
