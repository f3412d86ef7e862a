/** `npm run review-states`: writes docs/review-states.md from the table in src/developer/states.ts. */
import { writeFile } from 'node:fs/promises';
import {
  CLIENT_STATES,
  type ClientAction,
  type ClientState,
  OPERATOR_ACTIONS,
  OWNER_ACTIONS,
  stateAfter,
} from '#developer';

export const REVIEW_STATES = new URL('../docs/review-states.md', import.meta.url);

const STATES: Readonly<Record<ClientState, string>> = {
  PENDING: 'Waits for its first approval. Its owner alone can log in to it.',
  REJECTED: 'Refused before it was ever approved. As good as no client; an edit sends it again.',
  ACTIVE: 'The approved version is live for everybody.',
  ACTIVE_CHANGE: 'As ACTIVE; beside the live version a change waits for review.',
  SUSPENDED: 'Nothing works: codes, grants and tokens ended with the suspension, and reinstating revives none.',
  SUSPENDED_CHANGE: 'As SUSPENDED; a change waits, and is decided after the client is reinstated.',
  DELETED: 'A tombstone for the records: name, versions and decisions stay, secrets and grants are gone.',
};

const ACTIONS: Readonly<Record<ClientAction, string>> = {
  edit: 'Its owner writes a new version, which waits. What waited before is REPLACED.',
  narrow: 'Its owner takes something away from the live version; that goes live at once.',
  withdraw: 'Its owner takes the waiting change back, or edits back to what is live.',
  delete: 'Its owner deletes it, with the name typed.',
  approve: 'An operator makes the waiting version live, with a verdict for each scope.',
  reject: 'An operator refuses the waiting version, with a reason.',
  suspend: 'An operator ends everything at once, with a reason.',
  reinstate: 'An operator lets the live version work again, with a reason.',
  rollback: 'An operator makes an earlier approved version live at once.',
};

const transitions = CLIENT_STATES.flatMap((from) =>
  [...OWNER_ACTIONS, ...OPERATOR_ACTIONS].flatMap((action) => {
    const to = stateAfter(from, action);
    return to === null ? [] : [{ from, action, to }];
  }),
);

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

const who = (action: ClientAction): string => (OWNER_ACTIONS.some((one) => one === action) ? 'owner' : 'operator');

export const reviewStatesPage = (): string => `# The life of a client

Made from the table in \`src/developer/states.ts\` by \`npm run review-states\`; \`npm run check\` says when it is stale. What is
not in the table can not be done.

\`\`\`mermaid
stateDiagram-v2
  [*] --> PENDING: register
${transitions.map(({ from, action, to }) => `  ${from} --> ${to}: ${action}`).join('\n')}
  DELETED --> [*]
\`\`\`

## States

${table(
  ['state', 'meaning'],
  CLIENT_STATES.map((state) => [`\`${state}\``, STATES[state]]),
)}

## Actions

Nobody decides about a client of their own. A decision names the version and the hash of the content that was looked at;
storage compares both in the statement that decides, so of parallel decisions one wins and none is about other content.

${table(
  ['action', 'by', 'what it does'],
  [...OWNER_ACTIONS, ...OPERATOR_ACTIONS].map((action) => [`\`${action}\``, who(action), ACTIONS[action]]),
)}

An owner may ask for an earlier approved version again. That is an edit with its content: it goes live at once where it only
narrows, and waits otherwise.

## What counts as a narrowing

An edit of an ACTIVE client is compared with the live version, as a whole. It goes live without a review if it changes
something, and everything it changes is one of these (\`onlyNarrows\` in \`contracts/console/rules/differences.ts\`):

- scopes are dropped, and at least one is left;
- methods are dropped, and at least one is left;
- redirect URLs are dropped, and at least one is left;
- PKCE is switched on.

A name, a description, a purpose, a retention, an effect of refusal, a level, a type, anything added, and a mixture of both
kinds wait for review. Each scope that stays keeps its verdict, a refusal included. The narrowed version is APPROVED from the
start and has a row of its own in \`review_decision\` (\`narrow\`, by the owner), so every version that was ever live has a row
that says by whose word.
`;

if (import.meta.main) await writeFile(REVIEW_STATES, reviewStatesPage());
