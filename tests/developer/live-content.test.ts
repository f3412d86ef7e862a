/** What is live changes by an operator's word or by taking away, whatever people do in whatever order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { onlyNarrows } from '#contracts/console';
import {
  type Client,
  type ClientContent,
  contentHash,
  type DecisionRow,
  ownedBy,
  stateAfter,
  stateOf,
} from '#developer';
import { content, scope } from '../support/console.ts';
import { onBoth } from '../support/suite.ts';
import type { World } from '../support/world.ts';

const URIS = ['https://a.example/cb', 'https://b.example/cb', 'https://c.example/cb'] as const;
const SCOPES = ['PROFILE', 'DEVICE', 'HEALTH'] as const;
const METHODS = ['AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN'] as const;

const contents: fc.Arbitrary<ClientContent> = fc
  .record({
    type: fc.constantFrom('web', 'native', 'spa'),
    name: fc.constantFrom('하나', '둘'),
    requirePkce: fc.boolean(),
    redirectUris: fc.subarray([...URIS], { minLength: 1 }),
    scopes: fc
      .subarray([...SCOPES], { minLength: 1 })
      .chain((names) =>
        fc.tuple(
          ...names.map((name) =>
            fc
              .record({ level: fc.constantFrom('REQUIRED', 'OPTIONAL'), purpose: fc.constantFrom('', '로그인') })
              .map((more) => scope(name, more)),
          ),
        ),
      ),
    methods: fc.subarray([...METHODS], { minLength: 1 }),
  })
  .map((made) => content(made));

/** An edit is either anything, or less of what is live, so that narrowings are not too rare to be seen. */
const actions = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), content: contents }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('less' as const), drop: fc.nat(5) }) },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('approve' as const), refuse: fc.boolean(), allowImplicit: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('reject' as const, 'suspend' as const, 'reinstate' as const, 'withdraw' as const),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('roll back' as const, 'ask back' as const),
      version: fc.integer({ min: 1, max: 8 }),
    }),
  },
);
type Action = typeof actions extends fc.Arbitrary<infer Value> ? Value : never;

const less = (client: Client, drop: number): ClientContent => {
  const without = <Item>(items: readonly Item[]): readonly Item[] => (items.length > 1 ? items.slice(1) : items);
  return {
    ...client,
    ...(drop % 2 === 0 ? { redirectUris: without(client.redirectUris) } : {}),
    ...(drop % 3 === 0 ? { scopes: without(client.scopes) } : {}),
    ...(drop === 1 ? { methods: without(client.methods) } : {}),
    ...(drop === 5 ? { requirePkce: true } : {}),
  };
};

async function act(w: World, client: Client, action: Action): Promise<void> {
  const { developer } = w.app.modules;
  const [at, machine] = [w.app.act(), { decidedBy: null, reason: 'tests' }];
  const owned = ownedBy(client, client.ownerId);
  assert.ok(owned);
  const waits = client.pendingVersion ?? client.version;
  const waiting = await developer.records.version(client.id, waits);
  const seen = (client.liveVersion === null ? client.contentHash : waiting?.contentHash) ?? '';
  switch (action.do) {
    case 'edit':
      await developer.edit(at, owned, action.content, seen);
      return;
    case 'less':
      await developer.edit(at, owned, less(client, action.drop), seen);
      return;
    case 'approve': {
      const verdicts = (waiting?.content.scopes ?? []).map(({ scope: name }, index) => ({
        scope: name,
        verdict: action.refuse && index > 0 ? ('REFUSED' as const) : ('APPROVED' as const),
        reason: '까닭',
      }));
      const { allowImplicit } = action;
      await developer.decide(at, client.id, {
        ...machine,
        action: 'approve',
        version: waits,
        seen,
        verdicts,
        allowImplicit,
      });
      return;
    }
    case 'reject':
    case 'suspend':
    case 'reinstate':
      await developer.review(at, client.id, { ...machine, action: action.do });
      return;
    case 'withdraw':
      await developer.withdrawChange(at, owned);
      return;
    case 'roll back':
      await developer.rollBack(at, client.id, { ...machine, version: action.version });
      return;
    case 'ask back':
      await developer.askRollback(at, owned, action.version);
  }
}

/** What the protocol goes by, as its own directory tells it. */
async function security(w: World, client: Client) {
  const live = await w.app.storage.directory.find(client.id);
  assert.ok(live);
  const { type, requirePkce, redirectUris, scopes, methods, allowances } = live;
  return { type, requirePkce, redirectUris, scopes, methods, implicit: allowances.includes('implicit') };
}

/** Every change of what is live has a record of this step about exactly this content. */
function assertRecorded(
  before: Client,
  after: Client,
  fresh: readonly DecisionRow[],
  was: Security,
  is: Security,
): void {
  const record = fresh.find(
    (one) => one.version === after.liveVersion && ['approve', 'rollback', 'narrow'].includes(one.action),
  );
  assert.ok(record, `nothing says why ${JSON.stringify(was)} became ${JSON.stringify(is)}`);
  assert.equal(record.contentHash, contentHash(after));
  if (record.action !== 'narrow') return;
  const plain = (client: Client) => structuredClone(content(client)) as Parameters<typeof onlyNarrows>[0];
  assert.ok(onlyNarrows(plain(before), plain(after)));
  assert.ok(
    is.scopes.every((name) => was.scopes.includes(name)),
    'a narrowing gives nothing that was refused',
  );
  assert.ok(is.redirectUris.every((uri) => was.redirectUris.includes(uri)));
  assert.ok(is.methods.every((method) => was.methods.includes(method)));
  assert.ok(is.requirePkce || !was.requirePkce);
  assert.equal(is.implicit, was.implicit);
}
type Security = Awaited<ReturnType<typeof security>>;

onBoth('Whatever owner and operators do', (world) => {
  test('no security field of a live version changes without an approval, or the record of a narrowing', async () => {
    const w = world();
    const owner = await w.user({ roles: ['developer'] });
    const { developer } = w.app.modules;
    let narrowed = 0;
    let approved = 0;
    await fc.assert(
      fc.asyncProperty(contents, fc.array(actions, { minLength: 4, maxLength: 14 }), async (first, steps) => {
        const made = await developer.register(w.app.act(), owner.muid, first);
        if (!made.ok) return;
        const { id } = made.value;
        for (const step of steps) {
          const before = await developer.find(id);
          assert.ok(before);
          const [was, known] = [await security(w, before), await developer.records.decisions(id)];
          await act(w, before, step);
          const after = await developer.find(id);
          assert.ok(after);
          const is = await security(w, after);
          const fresh = (await developer.records.decisions(id)).slice(0, -known.length || undefined);
          narrowed += fresh.filter(({ action }) => action === 'narrow').length;
          approved += fresh.filter(({ action }) => action === 'approve').length;
          assertTable(before, after, step);
          if (before.liveVersion === null && after.liveVersion === null) continue;
          if (JSON.stringify(was) !== JSON.stringify(is) || before.liveVersion !== after.liveVersion) {
            assertRecorded(before, after, fresh, was, is);
          }
        }
      }),
      { numRuns: 40 },
    );
    assert.ok(narrowed > 0 && approved > 0, 'the sequences reached what they are about');
  });
});

/** The state that the table gives for the step, or no step at all. */
function assertTable(before: Client, after: Client, { do: done }: Action): void {
  const names = {
    edit: ['edit', 'narrow', 'withdraw'],
    less: ['edit', 'narrow', 'withdraw'],
    'ask back': ['edit', 'narrow', 'withdraw'],
    approve: ['approve'],
    reject: ['reject'],
    suspend: ['suspend'],
    reinstate: ['reinstate'],
    withdraw: ['withdraw'],
    'roll back': ['rollback'],
  } as const satisfies Record<Action['do'], readonly Parameters<typeof stateAfter>[1][]>;
  const possible = names[done].map((action) => stateAfter(stateOf(before), action));
  const state = stateOf(after);
  assert.ok(state === stateOf(before) || possible.includes(state), `${stateOf(before)} ${done} → ${state}`);
}
