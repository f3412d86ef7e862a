import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientDetail, ReviewCase } from '#contracts/console';
import type { ClientId } from '#kernel';
import { type Console, content, contentIn, openConsole, scope } from '../support/console.ts';
import { assertOAuthError, assertOwnErrorPage } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import { CALLBACK, type TestClient, type TestUser, type World } from '../support/world.ts';

const NEW_URI = 'https://app.example.com/new';

/** A developer and an operator before their consoles. */
async function people(w: World) {
  const developer = await w.user({ roles: ['developer'] });
  const operator = await w.user({ roles: ['operator'] });
  const [desk, review] = [await openConsole(w, developer), await openConsole(w, operator)];
  return { developer, operator, desk, review };
}

async function registered(desk: Console, more: Parameters<typeof content>[0] = {}): Promise<ClientDetail> {
  return (await desk.ask('registerClient', { body: content(more) })).client;
}

/** The operator says yes to whatever waits. */
async function approve(review: Console, id: string, more: object = {}): Promise<ReviewCase> {
  const { proposed } = await review.ask('readReviewCase', { params: { id } });
  assert.ok(proposed !== null, 'nothing waits');
  return review.ask('decide', {
    params: { id },
    body: {
      action: 'approve',
      version: proposed.version,
      seen: proposed.contentHash,
      reason: '',
      scopeVerdicts: proposed.content.scopes.map(({ scope: name }) => ({
        scope: name,
        verdict: 'APPROVED',
        reason: '',
      })),
      allowImplicit: false,
      ...more,
    },
  });
}

const edit = (desk: Console, client: ClientDetail, more: Parameters<typeof content>[0]) =>
  desk.ask('editClient', {
    params: { id: client.id },
    body: { content: { ...contentIn(client), ...more }, seen: client.pending?.contentHash ?? client.contentHash },
  });

/** The client as applications have it; the secret is read as its owner reads it. */
async function usable(desk: Console, owner: TestUser, client: ClientDetail): Promise<TestClient> {
  const { items } = await desk.ask('showSecrets', { params: { id: client.id }, body: {} });
  return { id: client.id, secret: items[0]?.value ?? '', redirectUri: CALLBACK, owner, how: 'basic' };
}

onBoth('A new client', (world) => {
  test('is PENDING at once, may be edited while it waits, and is ACTIVE when it was approved', async () => {
    const { desk, review } = await people(world());
    const made = await registered(desk);
    assert.equal(made.status, 'PENDING');
    assert.equal(made.liveVersion, null);
    const edited = await edit(desk, made, { name: '새 이름' });
    assert.deepEqual([edited.status, edited.name, edited.version], ['PENDING', '새 이름', 2]);
    const decided = await approve(review, made.id);
    assert.deepEqual([decided.client.status, decided.client.liveVersion, decided.proposed], ['ACTIVE', 2, null]);
  });

  test('that was refused says why, and waits again when its owner edits it', async () => {
    const { desk, review } = await people(world());
    const made = await registered(desk);
    await review.ask('decide', {
      params: { id: made.id },
      body: {
        action: 'reject',
        version: 1,
        seen: made.contentHash,
        reason: '목적을 적어 주세요.',
        scopeVerdicts: [],
        allowImplicit: false,
      },
    });
    const refused = await desk.ask('readClient', { params: { id: made.id } });
    assert.equal(refused.status, 'REJECTED');
    assert.deepEqual([refused.lastDecision?.action, refused.lastDecision?.reason], ['reject', '목적을 적어 주세요.']);
    const again = await edit(desk, refused, { scopes: [scope('PROFILE', { purpose: '로그인' })] });
    assert.equal(again.status, 'PENDING');
    const { items } = await review.ask('readReviewQueue');
    assert.equal(items.find(({ clientId }) => clientId === made.id)?.kind, 'again');
  });

  test('is refused in words about each field, and nothing is stored', async () => {
    const { desk } = await people(world());
    const bad = content({ name: ' ', redirectUris: ['http://app.example.com/cb', CALLBACK, CALLBACK], scopes: [] });
    const called = await desk.call('registerClient', { body: bad });
    assert.deepEqual([called.status, called.error], [400, 'invalid_request']);
    assert.deepEqual(called.fields.map(({ field, problem }) => `${field} ${problem}`).toSorted(), [
      'name missing',
      'redirectUris not-https',
      'redirectUris repeated',
      'scopes missing',
    ]);
    assert.deepEqual(await desk.ask('listClients'), { items: [] });
  });
});

onBoth('A change of an ACTIVE client', (world) => {
  test('of its redirect URL waits: the old one works until it is approved, the new one not before', async () => {
    const w = world();
    const { developer, desk, review } = await people(w);
    const made = await registered(desk);
    await approve(review, made.id);
    const live = await desk.ask('readClient', { params: { id: made.id } });
    const changed = await edit(desk, live, { redirectUris: [NEW_URI] });
    assert.deepEqual(
      [changed.status, changed.redirectUris, changed.pending?.changed],
      ['ACTIVE', [CALLBACK], ['redirectUris']],
    );

    const client = await usable(desk, developer, made);
    const user = await w.user();
    await w.tokens(client, user);
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl({ ...client, redirectUri: NEW_URI })));

    const shown = await review.ask('readReviewCase', { params: { id: made.id } });
    assert.deepEqual(shown.differences, [{ field: 'redirectUris', scope: null, before: [CALLBACK], after: [NEW_URI] }]);
    const { items } = await review.ask('readReviewQueue');
    const row = items.find(({ clientId }) => clientId === made.id);
    assert.deepEqual([row?.kind, row?.changed, row?.own], ['change', ['redirectUris'], false]);

    await approve(review, made.id);
    await w.tokens({ ...client, redirectUri: NEW_URI }, user);
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl(client)));
  });

  test('that was refused leaves the approved version and its tokens alone', async () => {
    const w = world();
    const { developer, desk, review } = await people(w);
    const made = await registered(desk);
    const live = (await approve(review, made.id)).client;
    const client = await usable(desk, developer, made);
    const tokens = await w.tokens(client, await w.user());
    const changed = await edit(desk, live, { scopes: [scope('PROFILE'), scope('HEALTH')] });
    await review.ask('decide', {
      params: { id: made.id },
      body: {
        action: 'reject',
        version: changed.pending?.version,
        seen: changed.pending?.contentHash,
        reason: '건강정보가 왜 필요한지 적어 주세요.',
        scopeVerdicts: [],
        allowImplicit: false,
      },
    });
    const after = await desk.ask('readClient', { params: { id: made.id } });
    assert.deepEqual([after.status, after.pending, after.liveVersion], ['ACTIVE', null, 1]);
    assert.equal((await w.me(tokens.access_token)).status, 200);
    const { items } = await desk.ask('listNotices');
    assert.deepEqual(
      items.map(({ kind, readAt }) => [kind, readAt]),
      [
        ['change-rejected', null],
        ['client-approved', null],
      ],
    );
    assert.equal((await desk.ask('readSession')).unreadNotices, 2);
    await desk.ask('readNotice', { params: { id: items[0]?.id ?? '' } });
    assert.equal((await desk.ask('readSession')).unreadNotices, 1);
    const stranger = await openConsole(w, await w.user({ roles: ['developer'] }));
    assert.equal((await stranger.call('readNotice', { params: { id: items[1]?.id ?? '' } })).status, 404);
  });

  test('is taken back by its owner, or by an edit back to what is live', async () => {
    const { desk, review } = await people(world());
    const made = await registered(desk);
    const live = (await approve(review, made.id)).client;
    await edit(desk, live, { name: '다른 이름' });
    const back = await desk.ask('withdrawChange', { params: { id: made.id } });
    assert.deepEqual([back.pending, back.name], [null, made.name]);
    const again = await edit(desk, back, { name: '다른 이름' });
    const undone = await edit(desk, again, {});
    assert.equal(undone.pending, null);
    const { items } = await desk.ask('readClientHistory', { params: { id: made.id } });
    assert.deepEqual(
      items.flatMap((event) => (event.kind === 'version' ? [`${event.version} ${event.state}`] : [])),
      ['3 WITHDRAWN', '2 WITHDRAWN', '1 APPROVED'],
    );
    assert.equal((await desk.call('withdrawChange', { params: { id: made.id } })).error, 'not_in_this_status');
  });

  test('that only narrows goes live at once: a scope, a URL, a method less, PKCE on', async () => {
    const w = world();
    const { developer, desk, review } = await people(w);
    const made = await registered(desk, {
      scopes: [scope('PROFILE'), scope('DEVICE')],
      redirectUris: [CALLBACK, NEW_URI],
      methods: ['AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN'],
    });
    const live = (await approve(review, made.id)).client;
    const client = await usable(desk, developer, made);
    const tokens = await w.tokens(client, await w.user());
    assert.equal(tokens.scope, 'PROFILE DEVICE');
    const narrowed = await edit(desk, live, {
      scopes: [scope('PROFILE')],
      redirectUris: [CALLBACK],
      methods: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
      requirePkce: true,
    });
    assert.deepEqual([narrowed.pending, narrowed.liveVersion, narrowed.requirePkce], [null, 2, true]);
    assert.deepEqual(
      narrowed.scopeVerdicts.map(({ scope: name, verdict }) => [name, verdict]),
      [['PROFILE', 'APPROVED']],
    );
    const refreshed = await w.refresh(client, tokens.refresh_token);
    assert.equal(refreshed.body['scope'], 'PROFILE', 'living grants lose the scope, too');
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl({ ...client, redirectUri: NEW_URI })));
  });

  for (const [what, more] of Object.entries({
    'a name': { name: '다른 이름' },
    'a scope more': { scopes: [scope('PROFILE'), scope('DRIVE')] },
    'another purpose': { scopes: [scope('PROFILE', { purpose: '광고' })] },
    'a scope that becomes optional': { scopes: [scope('PROFILE', { level: 'OPTIONAL' })] },
    'a URL less and one more': { redirectUris: [NEW_URI] },
    'another type': { type: 'native' as const },
    'a URL less and another name': { redirectUris: [CALLBACK], name: '다른 이름' },
  })) {
    test(`waits where it brings ${what}`, async () => {
      const { desk, review } = await people(world());
      const made = await registered(
        desk,
        what.startsWith('a URL less') ? { redirectUris: [CALLBACK, 'https://b.example/cb'] } : {},
      );
      const live = (await approve(review, made.id)).client;
      const changed = await edit(desk, live, more);
      assert.equal(changed.liveVersion, 1);
      assert.notEqual(changed.pending, null);
    });
  }

  test('made on a screen that is no longer true is refused', async () => {
    const { desk, review } = await people(world());
    const made = await registered(desk);
    const live = (await approve(review, made.id)).client;
    await edit(desk, live, { name: '다른 이름' });
    const stale = { content: { ...contentIn(live), name: '셋째 이름' }, seen: live.contentHash };
    const called = await desk.call('editClient', { params: { id: made.id }, body: stale });
    assert.deepEqual([called.status, called.error], [409, 'changed_meanwhile']);
  });
});

onBoth('A verdict', (world) => {
  test('approves five scopes and refuses two, with a reason each; what was refused is never given', async () => {
    const w = world();
    const { developer, desk, review } = await people(w);
    const names = ['PROFILE', 'DRIVE', 'DRIVE_READONLY', 'DEVICE', 'APPLICATION', 'GROUP', 'HEALTH'] as const;
    const made = await registered(desk, { scopes: names.map((name) => scope(name)) });
    const verdicts = names.map((name) =>
      name === 'DRIVE' || name === 'HEALTH'
        ? { scope: name, verdict: 'REFUSED', reason: `${name}: 필요하지 않습니다.` }
        : { scope: name, verdict: 'APPROVED', reason: '' },
    );
    const decided = await approve(review, made.id, { scopeVerdicts: verdicts });
    assert.equal(decided.client.status, 'ACTIVE');
    const shown = await desk.ask('readClient', { params: { id: made.id } });
    assert.deepEqual(
      shown.scopeVerdicts
        .filter(({ verdict }) => verdict === 'REFUSED')
        .map(({ scope: name, reason }) => [name, reason]),
      [
        ['DRIVE', 'DRIVE: 필요하지 않습니다.'],
        ['HEALTH', 'HEALTH: 필요하지 않습니다.'],
      ],
    );
    const [notice] = (await desk.ask('listNotices')).items;
    assert.deepEqual(
      notice?.refusedScopes.map(({ scope: name }) => name),
      ['DRIVE', 'HEALTH'],
    );
    const client = await usable(desk, developer, made);
    const tokens = await w.tokens(client, await w.user());
    assert.equal(tokens.scope, 'PROFILE DRIVE_READONLY DEVICE APPLICATION GROUP');
    const narrowed = await edit(desk, shown, { scopes: shown.scopes.filter(({ scope: name }) => name !== 'GROUP') });
    assert.deepEqual(
      narrowed.scopeVerdicts
        .filter(({ verdict }) => verdict === 'REFUSED')
        .map(({ scope: name, reason }) => [name, reason]),
      [
        ['DRIVE', 'DRIVE: 필요하지 않습니다.'],
        ['HEALTH', 'HEALTH: 필요하지 않습니다.'],
      ],
      'a narrowing gives nothing back that was refused',
    );
  });

  test('says something of every scope, approves one at least, and gives a reason for what it refuses', async () => {
    const { desk, review } = await people(world());
    const made = await registered(desk, { scopes: [scope('PROFILE'), scope('DEVICE')] });
    const body = { action: 'approve', version: 1, seen: made.contentHash, reason: '', allowImplicit: false };
    const yes = { scope: 'PROFILE', verdict: 'APPROVED', reason: '' };
    for (const [bad, field, problem] of [
      [[yes], 'scopeVerdicts', 'verdict-missing'],
      [[yes, yes], 'scopeVerdicts', 'verdict-of-no-scope'],
      [[yes, { ...yes, scope: 'HEALTH' }], 'scopeVerdicts', 'verdict-of-no-scope'],
      [[yes, { scope: 'DEVICE', verdict: 'REFUSED', reason: '  ' }], 'reason', 'missing'],
      [
        [
          { ...yes, verdict: 'REFUSED', reason: 'x' },
          { scope: 'DEVICE', verdict: 'REFUSED', reason: 'x' },
        ],
        'scopeVerdicts',
        'nothing-approved',
      ],
    ] as const) {
      const called = await review.call('decide', { params: { id: made.id }, body: { ...body, scopeVerdicts: bad } });
      assert.deepEqual([called.status, called.fields[0]], [400, { field, problem }]);
    }
    const silent = { ...body, action: 'reject', scopeVerdicts: [] };
    assert.deepEqual((await review.call('decide', { params: { id: made.id }, body: silent })).fields, [
      { field: 'reason', problem: 'missing' },
    ]);
  });

  test('WB-14: is about the content that was looked at; what was swapped in between is not approved', async () => {
    const { desk, review } = await people(world());
    const made = await registered(desk);
    const seen = await review.ask('readReviewCase', { params: { id: made.id } });
    await edit(desk, made, { redirectUris: ['https://evil.example/cb'] });
    const body = {
      action: 'approve',
      version: seen.proposed?.version,
      seen: seen.proposed?.contentHash,
      reason: '',
      scopeVerdicts: [{ scope: 'PROFILE', verdict: 'APPROVED', reason: '' }],
      allowImplicit: false,
    };
    for (const tried of [body, { ...body, version: 2 }]) {
      const called = await review.call('decide', { params: { id: made.id }, body: tried });
      assert.deepEqual([called.status, called.error], [409, 'changed_meanwhile']);
    }
    assert.equal((await desk.ask('readClient', { params: { id: made.id } })).status, 'PENDING');
  });

  test('is never given about a client of one’s own', async () => {
    const w = world();
    const both = await w.user({ roles: ['developer', 'operator'] });
    const own = await openConsole(w, both);
    const made = await registered(own);
    const body = {
      action: 'approve',
      version: 1,
      seen: made.contentHash,
      reason: '',
      scopeVerdicts: [{ scope: 'PROFILE', verdict: 'APPROVED', reason: '' }],
      allowImplicit: false,
    };
    const called = await own.call('decide', { params: { id: made.id }, body });
    assert.deepEqual([called.status, called.error], [403, 'own_client']);
    assert.equal((await own.ask('readReviewCase', { params: { id: made.id } })).own, true);
    await w.app.review(made.id, 'approve');
    for (const name of ['suspendClient', 'reinstateClient'] as const) {
      assert.equal((await own.call(name, { params: { id: made.id }, body: { reason: 'x' } })).error, 'own_client');
    }
    assert.equal(
      (await own.call('rollBackReviewed', { params: { id: made.id }, body: { version: 1 } })).error,
      'own_client',
    );
  });

  test('lets IMPLICIT work only where it says so', async () => {
    const w = world();
    const { developer, desk, review } = await people(w);
    const made = await registered(desk, { methods: ['AUTHORIZATION_CODE', 'IMPLICIT'] });
    const user = await w.user();
    assert.deepEqual((await approve(review, made.id)).client.allowances, []);
    const client = await usable(desk, developer, made);
    assert.equal((await w.authorize(client, user, { response_type: 'token' })).get('error'), 'unauthorized_client');
    const live = await desk.ask('readClient', { params: { id: made.id } });
    await edit(desk, live, { description: '다시 부탁드립니다.' });
    assert.deepEqual((await approve(review, made.id, { allowImplicit: true })).client.allowances, ['implicit']);
    assert.ok((await w.authorize(client, user, { response_type: 'token' })).get('access_token'));
  });

  test('of parallel ones exactly one counts', async () => {
    const w = world();
    const { desk } = await people(w);
    const desks = await Promise.all([1, 2, 3].map(async () => openConsole(w, await w.user({ roles: ['operator'] }))));
    for (const how of ['new', 'change'] as const) {
      const made = await registered(desk);
      let waiting = made.contentHash;
      if (how === 'change') {
        await w.app.review(made.id, 'approve');
        const live = await desk.ask('readClient', { params: { id: made.id } });
        waiting = (await edit(desk, live, { redirectUris: [NEW_URI] })).pending?.contentHash ?? '';
      }
      const bodies = ['approve', 'reject', 'approve'].map((action) => ({
        action,
        version: how === 'new' ? 1 : 2,
        seen: waiting,
        reason: '까닭',
        scopeVerdicts: [{ scope: 'PROFILE', verdict: 'APPROVED', reason: '' }],
        allowImplicit: false,
      }));
      const called = await Promise.all(
        desks.map((operator, at) => operator.call('decide', { params: { id: made.id }, body: bodies[at] })),
      );
      assert.deepEqual(
        called.map(({ status }) => status).toSorted((a, b) => a - b),
        [200, 409, 409],
      );
      const { items } = await desk.ask('readClientHistory', { params: { id: made.id } });
      const decisions = items.filter(({ kind }) => kind === 'decision');
      assert.equal(decisions.length, how === 'new' ? 1 : 2);
    }
  });
});

onBoth('Rolling back', (world) => {
  async function twice(w: World) {
    const { developer, desk, review } = await people(w);
    const made = await registered(desk);
    const first = (await approve(review, made.id)).client;
    await edit(desk, first, { redirectUris: [NEW_URI] });
    await approve(review, made.id);
    return { developer, desk, review, id: made.id, made };
  }

  test('is one step for an operator: the earlier version is live at once, by a decision of its own', async () => {
    const w = world();
    const { developer, desk, review, id, made } = await twice(w);
    const back = await review.ask('rollBackReviewed', { params: { id }, body: { version: 1 } });
    assert.deepEqual([back.client.liveVersion, back.client.redirectUris], [1, [CALLBACK]]);
    assert.deepEqual(back.approvedVersions, [2, 1]);
    const client = await usable(desk, developer, made);
    await w.tokens(client, await w.user());
    const shown = await desk.ask('readClient', { params: { id } });
    assert.deepEqual([shown.lastDecision?.action, shown.lastDecision?.version], ['rollback', 1]);
    assert.equal((await desk.ask('listNotices')).items[0]?.kind, 'client-rolled-back');
    const unknown = await review.call('rollBackReviewed', { params: { id }, body: { version: 7 } });
    assert.equal(unknown.status, 404);
  });

  test('is an edit for its owner: what it would widen waits', async () => {
    const { desk, review, id } = await twice(world());
    const asked = await desk.ask('rollBackClient', { params: { id }, body: { version: 1 } });
    assert.deepEqual(
      [asked.liveVersion, asked.redirectUris, asked.pending?.content.redirectUris],
      [2, [NEW_URI], [CALLBACK]],
    );
    await approve(review, id);
    assert.deepEqual((await desk.ask('readClient', { params: { id } })).redirectUris, [CALLBACK]);
  });

  test('never makes a version live that was not approved', async () => {
    const { desk, review, id } = await twice(world());
    const live = await desk.ask('readClient', { params: { id } });
    await edit(desk, live, { redirectUris: ['https://evil.example/cb'] });
    for (const [console, name] of [
      [desk, 'rollBackClient'],
      [review, 'rollBackReviewed'],
    ] as const) {
      assert.equal((await console.call(name, { params: { id }, body: { version: 3 } })).status, 404);
    }
  });
});

onBoth('Suspending and deleting', (world) => {
  test('SC-08: suspending ends all tokens at once and says why; reinstating revives none', async () => {
    const w = world();
    const { developer, desk, review } = await people(w);
    const made = await registered(desk);
    await approve(review, made.id);
    const client = await usable(desk, developer, made);
    const tokens = await w.tokens(client, await w.user());
    assert.equal((await review.call('suspendClient', { params: { id: made.id }, body: { reason: '  ' } })).status, 400);
    await review.ask('suspendClient', { params: { id: made.id }, body: { reason: '신고가 있었습니다.' } });
    assert.equal((await w.me(tokens.access_token)).status, 401);
    assertOAuthError(await w.refresh(client, tokens.refresh_token), 401, 'invalid_client');
    const shown = await desk.ask('readClient', { params: { id: made.id } });
    assert.deepEqual([shown.status, shown.lastDecision?.reason], ['SUSPENDED', '신고가 있었습니다.']);
    const tried = { content: { ...contentIn(shown), name: 'x' }, seen: shown.contentHash };
    assert.equal((await desk.call('editClient', { params: { id: made.id }, body: tried })).error, 'not_in_this_status');
    await review.ask('reinstateClient', { params: { id: made.id }, body: { reason: '해결되었습니다.' } });
    assert.equal((await w.me(tokens.access_token)).status, 401);
    assert.equal((await desk.ask('readClient', { params: { id: made.id } })).status, 'ACTIVE');
    assert.deepEqual(
      (await desk.ask('listNotices')).items.map(({ kind }) => kind),
      ['client-reinstated', 'client-suspended', 'client-approved'],
    );
  });

  test('deleting asks for the name, ends every grant and secret, and leaves a tombstone', async () => {
    const w = world();
    const { developer, desk, review } = await people(w);
    const made = await registered(desk);
    await approve(review, made.id);
    const client = await usable(desk, developer, made);
    const tokens = await w.tokens(client, await w.user());
    const wrong = await desk.call('deleteClient', { params: { id: made.id }, body: { name: '다른 앱' } });
    assert.deepEqual(wrong.fields, [{ field: 'name', problem: 'mismatch' }]);
    await desk.ask('deleteClient', { params: { id: made.id }, body: { name: made.name } });
    assert.equal((await w.me(tokens.access_token)).status, 401);
    assertOAuthError(await w.refresh(client, tokens.refresh_token), 401, 'invalid_client');
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl(client)));
    assert.deepEqual(await desk.ask('listClients'), { items: [] });
    for (const console of [desk, review]) {
      const name = console === desk ? 'readClient' : 'readReviewCase';
      assert.equal((await console.call(name, { params: { id: made.id } })).status, 404);
    }
    const kept = (await w.app.storage.clients.all()).find(({ id }) => id === made.id);
    assert.deepEqual([kept?.status, kept?.name], ['DELETED', made.name]);
    const [secret] = await w.app.storage.clients.secrets(made.id as ClientId, 0);
    assert.equal(secret?.sealed, null, 'its value is gone');
  });
});
