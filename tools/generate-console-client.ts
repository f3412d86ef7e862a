/**
 * `node tools/generate-console-client.ts [--check]`: writes `console/api/client.ts` from the endpoint table of the
 * contracts, one typed function for each. With `--check` it writes nothing and fails when the file is stale.
 */
import { readFile, writeFile } from 'node:fs/promises';
import * as contracts from '../contracts/console/index.ts';
import { ENDPOINTS, type Endpoint } from '../contracts/console/index.ts';

const FILE = new URL('../console/api/client.ts', import.meta.url);

const LINE = 120;

/** Schemas are found by identity, so that the client names the type that the contracts export. */
const names = new Map<unknown, string>(Object.entries(contracts).map(([name, value]) => [value, name]));
const used = new Set<string>();

function nameOf(schema: object): string {
  const name = names.get(schema);
  if (name === undefined) throw new Error(`A schema of the endpoint table is not exported: ${JSON.stringify(schema)}`);
  used.add(name);
  return name;
}

function functionFor(name: string, endpoint: Endpoint): string {
  const params = Object.keys(endpoint.params?.properties ?? {});
  const takes = params.map((param) => `${param}: string`);
  if (endpoint.query !== undefined) takes.push(`query: ${nameOf(endpoint.query)}`);
  if (endpoint.body !== undefined) takes.push(`body: ${nameOf(endpoint.body)}`);
  const path = endpoint.path.replaceAll(/:(\w+)/g, (_all, param: string) => `\${encodeURIComponent(${param})}`);
  const quoted = params.length === 0 ? `'${path}'` : `\`${path}\``;
  const doc = `  /** ${endpoint.summary} */\n`;
  if (endpoint.answer === null) {
    return `${doc}  ${name}Url: (${takes.join(', ')}): string => urlFor(${quoted}${endpoint.query === undefined ? '' : ', query'}),`;
  }
  const sent = [...(endpoint.query === undefined ? [] : ['query']), ...(endpoint.body === undefined ? [] : ['body'])];
  const options = sent.length === 0 ? '' : `, { ${sent.join(', ')} }`;
  const answer = nameOf(endpoint.answer);
  const head = `  ${name}: (${takes.join(', ')}) =>`;
  const body = `call<${answer}>('${endpoint.method}', ${quoted}${options}),`;
  // As the formatter breaks them, so that it has nothing to change.
  return `${doc}${head}${head.length + body.length < LINE ? ' ' : '\n    '}${body}`;
}

const functions = Object.entries(ENDPOINTS).map(([name, endpoint]) => functionFor(name, endpoint));
const text = `// Made by tools/generate-console-client.ts from contracts/console/endpoints.ts.
import type {
${[...used]
  .toSorted((a, b) => (a < b ? -1 : 1))
  .map((name) => `  ${name},`)
  .join('\n')}
} from './contracts.ts';
import { call, urlFor } from './call.ts';

export const api = {
${functions.join('\n')}
};
`;

const present = await readFile(FILE, 'utf8').catch(() => '');
if (process.argv.includes('--check')) {
  if (present !== text) {
    console.error('console/api/client.ts is stale: run node tools/generate-console-client.ts.');
    process.exitCode = 1;
  }
} else if (present !== text) await writeFile(FILE, text);
