import {
  CLIENT_METHODS,
  type ClientContent,
  type ClientMethod,
  type ClientType,
  normalContent,
  type ScopeLevel,
  type ScopeName,
  SCOPES,
} from '../../api/contracts.ts';

/** One row of API SCOPE. What is written stays while the row is not ticked. */
export interface ScopeValues {
  on: boolean;
  level: ScopeLevel;
  purpose: string;
  retention: string;
  refusalEffect: string;
}

/** The form as it stands on the page; URLs are objects because lists of fields are made of them. */
export interface FormValues {
  name: string;
  description: string;
  scopes: Record<ScopeName, ScopeValues>;
  methods: Record<ClientMethod, boolean>;
  redirectUris: { value: string }[];
  type: ClientType;
  requirePkce: boolean;
}

const emptyScope = (): ScopeValues => ({ on: false, level: 'REQUIRED', purpose: '', retention: '', refusalEffect: '' });

const record = <Key extends string, Value>(keys: readonly Key[], valueOf: (key: Key) => Value): Record<Key, Value> =>
  Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>;

/** A new registration: what nearly every client needs is ticked, everything else is asked for on purpose. */
export const emptyForm = (): FormValues => ({
  name: '',
  description: '',
  scopes: record(SCOPES, (scope) => ({ ...emptyScope(), on: scope === 'PROFILE' })),
  methods: record(CLIENT_METHODS, (method) => method !== 'IMPLICIT'),
  redirectUris: [{ value: '' }],
  type: 'web',
  requirePkce: false,
});

export function toForm(content: ClientContent): FormValues {
  const uris = content.redirectUris.map((value) => ({ value }));
  return {
    name: content.name,
    description: content.description,
    scopes: record(SCOPES, (name) => {
      const asked = content.scopes.find(({ scope }) => scope === name);
      if (asked === undefined) return emptyScope();
      const { level, purpose, retention, refusalEffect } = asked;
      return { on: true, level, purpose, retention, refusalEffect };
    }),
    methods: record(CLIENT_METHODS, (method) => content.methods.includes(method)),
    redirectUris: uris.length === 0 ? [{ value: '' }] : uris,
    type: content.type,
    requirePkce: content.requirePkce,
  };
}

/** What would be registered: empty rows of URLs left out, everything in the platform's order and normal form. */
export const toContent = (values: FormValues): ClientContent =>
  normalContent({
    name: values.name,
    description: values.description,
    type: values.type,
    requirePkce: values.requirePkce,
    redirectUris: values.redirectUris.map(({ value }) => value.trim()).filter((value) => value !== ''),
    scopes: SCOPES.filter((scope) => values.scopes[scope].on).map((scope) => {
      const { level, purpose, retention, refusalEffect } = values.scopes[scope];
      return {
        scope,
        level,
        purpose: purpose.trim(),
        retention: retention.trim(),
        refusalEffect: refusalEffect.trim(),
      };
    }),
    methods: CLIENT_METHODS.filter((method) => values.methods[method]),
  });
