import { ConsoleErrorBody, ENDPOINTS, type Endpoint } from '#contracts/console';
import { BASE } from './pipeline.ts';

/** OpenAPI 3.1 of the console's own API, made from the same table as its routes. */
export function openApiDocument(publicUrl: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const [name, endpoint] of Object.entries<Endpoint>(ENDPOINTS)) {
    const path = BASE + endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(name, endpoint) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'MEDBIZ console API',
      version: '1',
      description:
        'For the console alone: a session cookie, and X-CSRF-Token with every unsafe request. `x-access` says whom a ' +
        'route serves; `owner` is whoever registered the client in the path, and everybody else gets 404.',
    },
    servers: [{ url: publicUrl }],
    security: [{ session: [] }],
    paths,
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'medbiz' } },
      schemas: { Error: ConsoleErrorBody },
      responses: { Error: { description: 'An error.', content: json({ $ref: '#/components/schemas/Error' }) } },
    },
  };
}

const json = (schema: object): object => ({ 'application/json': { schema } });

function operation(name: string, endpoint: Endpoint): object {
  const { method, access, params, query, body, answer, status, summary } = endpoint;
  const csrf = { name: 'X-CSRF-Token', in: 'header', required: true, schema: { type: 'string' } };
  const parameters = [
    ...Object.entries(params?.properties ?? {}).map(([key, schema]) => ({
      name: key,
      in: 'path',
      required: true,
      schema,
    })),
    ...Object.entries(query?.properties ?? {}).map(([key, schema]) => ({ name: key, in: 'query', schema })),
    ...(method === 'GET' ? [] : [csrf]),
  ];
  return {
    operationId: name,
    summary,
    'x-access': access,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined ? {} : { requestBody: { required: true, content: json(body) } }),
    responses: {
      [status]: {
        description: 'Done.',
        content: answer === null ? { 'text/csv': { schema: { type: 'string' } } } : json(answer),
      },
      default: { $ref: '#/components/responses/Error' },
    },
  };
}
