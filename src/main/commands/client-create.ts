import { type ClientContent, type ContentProblem, contentWarnings, LIMITS, type ScopeRequest } from '#developer';
import { foldLoginId } from '#identity';
import { asScope, CLIENT_METHODS, CLIENT_TYPES, type ScopeName } from '#kernel';
import { systemAct } from '../act.ts';
import { Unable, UsageError } from '../failure.ts';
import { asJson, type Command, oneOf, readArgs, required } from './command.ts';
import { withInstallation } from './with-installation.ts';

export const createClient: Command = async (args, terminal) => {
  const { values } = readArgs(args, {
    owner: { type: 'string' },
    name: { type: 'string' },
    description: { type: 'string', default: '' },
    type: { type: 'string', default: 'web' },
    scope: { type: 'string', multiple: true, default: [] },
    'optional-scope': { type: 'string', multiple: true, default: [] },
    purpose: { type: 'string', multiple: true, default: [] },
    'auth-method': { type: 'string', multiple: true, default: [] },
    'redirect-uri': { type: 'string', multiple: true, default: [] },
    'require-pkce': { type: 'boolean', default: false },
    active: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const owner = required(values.owner, '--owner');
  const content: ClientContent = {
    type: oneOf(values.type, CLIENT_TYPES, '--type'),
    name: required(values.name, '--name'),
    description: values.description,
    requirePkce: values['require-pkce'],
    redirectUris: values['redirect-uri'],
    scopes: scopeRequests(values.scope, values['optional-scope'], values.purpose),
    methods: values['auth-method'].map((method) => oneOf(method, CLIENT_METHODS, '--auth-method')),
  };

  return withInstallation(terminal, async ({ developer, storage }) => {
    const found = await storage.users.byLoginId(foldLoginId(owner));
    if (found?.status !== 'ACTIVE') throw new Unable(`There is no user ${owner}.`);
    const act = systemAct(terminal.clock.now(), 'medbiz cli');
    const made = await developer.register(act, found.id, content);
    if (!made.ok) throw new Unable(made.problem.map(sentence).join(' '));
    const { id, secret } = made.value;
    for (const warning of contentWarnings(content)) terminal.err(`${WARNINGS[warning]}\n`);
    if (values.active) {
      // Ticking IMPLICIT only asks for it; approving on this machine is the operator's verdict.
      const reason = 'approved when created';
      await developer.review(act, id, { action: 'approve', decidedBy: null, reason, allowImplicit: true });
    }
    const client = await developer.find(id);
    if (client === null) throw new Unable('The client was made and can not be read back.');
    const shown = {
      client_id: id,
      client_secret: secret,
      name: client.name,
      status: client.status,
      scopes: client.scopes.map(({ scope }) => scope),
      auth_methods: client.methods,
      redirect_uris: client.redirectUris,
    };
    if (values.json) terminal.out(asJson(shown));
    else
      for (const [key, value] of Object.entries(shown))
        terminal.out(`${key}: ${typeof value === 'string' ? value : (value?.join(' ') ?? '-')}\n`);
    return 0;
  });
};

function scopeRequests(
  scopes: readonly string[],
  optional: readonly string[],
  purposes: readonly string[],
): ScopeRequest[] {
  const scopeOf = (text: string, option: string): ScopeName => {
    const scope = asScope(text);
    if (scope === null) throw new UsageError(`${option} ${text} is no scope`);
    return scope;
  };
  const requests = new Map<ScopeName, ScopeRequest>();
  const plain = { purpose: '', retention: '', refusalEffect: '' };
  for (const text of scopes) {
    const scope = scopeOf(text, '--scope');
    requests.set(scope, { scope, level: 'REQUIRED', ...plain });
  }
  for (const text of optional) {
    const scope = scopeOf(text, '--optional-scope');
    requests.set(scope, { scope, level: 'OPTIONAL', ...plain });
  }
  for (const text of purposes) {
    const mark = text.indexOf('=');
    const scope = mark < 0 ? null : scopeOf(text.slice(0, mark), '--purpose');
    const request = scope === null ? undefined : requests.get(scope);
    if (request === undefined) throw new UsageError('--purpose must be SCOPE=TEXT for one of the scopes');
    requests.set(request.scope, { ...request, purpose: text.slice(mark + 1) });
  }
  return [...requests.values()];
}

const WARNINGS = {
  'no-profile': 'Warning: without PROFILE this client can not tell who has logged in.',
  'no-authorization-code':
    'Warning: without AUTHORIZATION_CODE this client can not use the login page as it should be used.',
  implicit: 'Warning: IMPLICIT works only where the operator allows it, and puts tokens into the browser’s address.',
} as const;

const FIELDS: Readonly<Record<ContentProblem['field'], string>> = {
  name: '--name',
  description: '--description',
  scopes: '--scope',
  methods: '--auth-method',
  redirectUris: '--redirect-uri',
  purpose: '--purpose',
};

const PROBLEMS: Readonly<Record<ContentProblem['problem'], string>> = {
  missing: 'is needed',
  'too-long': 'is too long',
  'too-many': `is given more than ${LIMITS.redirectUris} times`,
  repeated: 'is given twice with one value',
  characters: 'has characters that can not be used',
  'not-a-url': 'is no URL',
  fragment: 'must have no fragment (#…)',
  'user-information': 'must have no user name',
  'not-https': 'must be https, or http on 127.0.0.1, [::1] or localhost',
  scheme: 'has a scheme that can not be used',
  'not-canonical': 'is not written as browsers write it',
  'dot-segments': 'must not have . or .. in its path',
  'response-parameter': 'must not have parameters that the answer brings',
};

const sentence = ({ field, problem, value }: ContentProblem): string =>
  `${FIELDS[field]}${value === undefined ? '' : ` ${value}`} ${PROBLEMS[problem]}.`;
