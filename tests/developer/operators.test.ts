import assert from 'node:assert/strict';
import { test } from 'node:test';
import { content, openConsole } from '../support/console.ts';
import { onBoth } from '../support/suite.ts';
import type { World } from '../support/world.ts';

/** An operator's console; other operators of other tests stand in the same database. */
async function desk(w: World) {
  const operator = await w.user({ roles: ['operator'] });
  return { operator, console: await openConsole(w, operator) };
}

onBoth('An operator', (world) => {
  test('finds people by login id, name, e-mail and identifier; each one seen is in the audit log', async () => {
    const w = world();
    const { operator, console } = await desk(w);
    const found = await w.user({ name: '강산들' });
    for (const query of [found.loginId.toUpperCase(), '강산들', found.email, found.muid]) {
      const { items } = await console.ask('findUsers', { query: { query } });
      assert.ok(
        items.some(({ userMuid, self }) => userMuid === found.muid && !self),
        query,
      );
    }
    const rows = await w.app.storage.audit.list({ subject: found.muid, action: 'user.viewed', limit: 10 });
    assert.deepEqual(
      [...new Set(rows.map((row) => `${row.actor.kind} ${row.actor.id}`))],
      [`operator ${operator.muid}`],
    );
    assert.equal(rows.length, 4);
    for (const wild of ['%', '_', "'"])
      assert.deepEqual(await console.ask('findUsers', { query: { query: wild } }), { items: [], more: false });
  });

  test('suspends somebody, whose sessions end at once, and brings them back', async () => {
    const w = world();
    const { console } = await desk(w);
    const user = await w.user();
    const theirs = await openConsole(w, user);
    const params = { id: user.muid };
    const suspended = await console.ask('suspendUser', { params, body: { reason: '신고' } });
    assert.equal(suspended.status, 'SUSPENDED');
    assert.equal((await theirs.call('readSession')).status, 401);
    assert.equal((await console.call('suspendUser', { params, body: { reason: 'x' } })).error, 'not_in_this_status');
    assert.equal((await console.ask('reinstateUser', { params, body: { reason: '확인' } })).status, 'ACTIVE');
    assert.equal((await theirs.call('readSession')).status, 401, 'no session comes back');
    assert.equal(
      (await console.call('suspendUser', { params: { id: 'f'.repeat(32) }, body: { reason: 'x' } })).status,
      404,
    );
  });

  test('gives and takes roles, which count from the next request on', async () => {
    const w = world();
    const { console } = await desk(w);
    const user = await w.user();
    const theirs = await openConsole(w, user);
    const params = { id: user.muid, role: 'developer' };
    assert.deepEqual(
      (await console.ask('grantRole', { params })).roles.filter((role) => role === 'developer'),
      ['developer'],
    );
    assert.equal((await theirs.call('listClients')).status, 200);
    await console.ask('revokeRole', { params });
    assert.equal((await theirs.call('listClients')).error, 'not_a_developer');
    assert.equal((await console.call('grantRole', { params: { ...params, role: 'admin' } })).status, 404);
  });

  test('neither suspends nor demotes themselves', async () => {
    const w = world();
    const { operator, console } = await desk(w);
    const params = { id: operator.muid };
    assert.equal((await console.call('suspendUser', { params, body: { reason: 'x' } })).error, 'not_allowed');
    assert.equal((await console.call('revokeRole', { params: { ...params, role: 'operator' } })).error, 'not_allowed');
  });

  test('searches clients by name, id and owner, and by status', async () => {
    const w = world();
    const { console } = await desk(w);
    const client = await w.client({ name: '독특한 이름 100%' });
    for (const query of ['독특한', '100%', client.id, client.owner.loginId]) {
      const { items } = await console.ask('findClients', { query: { query } });
      assert.deepEqual(
        items.map(({ id }) => id),
        [client.id],
        query,
      );
    }
    const { items } = await console.ask('findClients', { query: { query: '독특한', status: 'PENDING' } });
    assert.deepEqual(items, []);
  });

  test('sees what waits, oldest first', async () => {
    const w = world();
    const { console } = await desk(w);
    const developer = await openConsole(w, await w.user({ roles: ['developer'] }));
    const before = (await console.ask('readSession')).waitingReviews ?? 0;
    const ids: string[] = [];
    for (const name of ['첫째', '둘째', '셋째']) {
      w.app.clock.advance(1000);
      ids.push((await developer.ask('registerClient', { body: content({ name }) })).client.id);
    }
    const { items } = await console.ask('readReviewQueue');
    const mine = items.filter(({ clientId }) => ids.includes(clientId));
    assert.deepEqual(
      mine.map(({ clientId, kind }) => [clientId, kind]),
      ids.map((id) => [id, 'new']),
    );
    assert.deepEqual(
      items.map(({ submittedAt }) => submittedAt),
      items.map(({ submittedAt }) => submittedAt).toSorted((a, b) => a - b),
    );
    assert.equal((await console.ask('readSession')).waitingReviews, before + 3);
  });
});

onBoth('The last operator', (world) => {
  test('stays one, also when two demote or suspend each other in the same moment', async () => {
    const w = world();
    const [one, two] = [await desk(w), await desk(w)];
    const taken = await Promise.all([
      one.console.call('revokeRole', { params: { id: two.operator.muid, role: 'operator' } }),
      two.console.call('revokeRole', { params: { id: one.operator.muid, role: 'operator' } }),
    ]);
    assert.equal(taken.filter(({ status }) => status === 200).length, 1, taken.map(({ text }) => text).join('\n'));
    const winner = taken[0]?.status === 200 ? one : two;
    const loser = winner === one ? two : one;
    await winner.console.ask('grantRole', { params: { id: loser.operator.muid, role: 'operator' } });
    const suspended = await Promise.all([
      winner.console.call('suspendUser', { params: { id: loser.operator.muid }, body: { reason: 'x' } }),
      loser.console.call('suspendUser', { params: { id: winner.operator.muid }, body: { reason: 'x' } }),
    ]);
    assert.equal(suspended.filter(({ status }) => status === 200).length, 1);
  });
});

onBoth('The audit log', (world) => {
  test('is filtered by person, client, action and time, newest first, page by page', async () => {
    const w = world();
    const { console } = await desk(w);
    const user = await w.user();
    const client = await w.client();
    await w.tokens(client, user);
    const byPerson = await console.ask('readAudit', { query: { subject: user.loginId } });
    assert.ok(byPerson.items.length > 2);
    assert.ok(byPerson.items.every(({ subject }) => subject?.id === user.muid && subject.name === user.loginId));
    const byClient = await console.ask('readAudit', { query: { client: client.id, action: 'token.issued' } });
    assert.deepEqual(
      byClient.items.map(({ action, client: about }) => [action, about?.id]),
      [['token.issued', client.id]],
    );
    const now = w.app.clock.now();
    assert.deepEqual((await console.ask('readAudit', { query: { from: String(now + 1) } })).items, []);
    assert.deepEqual((await console.ask('readAudit', { query: { subject: 'nobody-of-this-name' } })).items, []);

    for (let turn = 0; turn < 120; turn++) await console.ask('readReviewQueue');
    const first = await console.ask('readAudit', { query: { action: 'clients.listed' } });
    assert.equal(first.items.length, 100);
    const second = await console.ask('readAudit', { query: { action: 'clients.listed', before: first.next ?? '' } });
    assert.deepEqual([second.items.length, second.next], [20, null]);
    assert.equal(new Set([...first.items, ...second.items].map(({ id }) => id)).size, 120);
    assert.ok(first.actions.includes('client.approved'));
  });

  test('to look at one person in it is itself written down', async () => {
    const w = world();
    const { operator, console } = await desk(w);
    const user = await w.user();
    await console.ask('readAudit', { query: { subject: user.muid } });
    const rows = await w.app.storage.audit.list({ subject: user.muid, action: 'user.viewed', limit: 5 });
    assert.deepEqual(
      rows.map(({ actor }) => actor.id),
      [operator.muid],
    );
  });

  test('comes as CSV that no spreadsheet takes for a formula, and the export is written down', async () => {
    const w = world();
    const { console } = await desk(w);
    const { console: other } = await desk(w);
    const developer = await openConsole(w, await w.user({ roles: ['developer'] }));
    const { client } = await developer.ask('registerClient', {
      body: content({ name: '=HYPERLINK("https://evil.example")' }),
    });
    await w.app.review(client.id, 'approve');
    await console.ask('suspendClient', { params: { id: client.id }, body: { reason: '-1+1|cmd' } });
    const called = await other.call('exportAudit', { query: { client: client.id } });
    assert.equal(called.status, 200);
    assert.match(called.headers.get('content-type') ?? '', /^text\/csv/);
    assert.match(called.headers.get('content-disposition') ?? '', /^attachment; filename="/);
    const lines = called.text.replace('\uFEFF', '').trimEnd().split('\r\n');
    const suspended = lines.find((line) => line.includes('"client.suspended"')) ?? '';
    assert.ok(suspended.includes(`"'-1+1|cmd"`), suspended);
    assert.ok(suspended.includes(`"'=HYPERLINK(""https://evil.example"")"`), suspended);
    for (const line of lines) {
      assert.equal(/(?:^|",)"[=+\-@\t\r]/.test(line), false, line);
      assert.equal(line.split('","').length, 16);
    }
    const exported = await w.app.storage.audit.list({ action: 'audit.exported', limit: 10 });
    assert.ok(exported.length >= 1);
  });

  test('WB-13: takes what people typed as text, whatever it looks like, and has no way to be changed', async () => {
    const w = world();
    const { console } = await desk(w);
    const client = await w.client();
    const reason = 'x\n{"level":"info","action":"client.approved"}';
    await console.ask('suspendClient', { params: { id: client.id }, body: { reason } });
    const { items } = await console.ask('readAudit', { query: { client: client.id, action: 'client.suspended' } });
    assert.deepEqual(
      items.map((row) => row.reason),
      [reason],
    );
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
      const answer = await fetch(`${w.url}/api/v1/operator/audit`, {
        method,
        headers: { cookie: `medbiz=${console.browser.cookies.get('medbiz') ?? ''}`, 'x-csrf-token': console.csrf },
      });
      assert.equal(answer.status, 405);
    }
    await w.app.storage.audit.sealPending(w.app.clock.now());
    assert.deepEqual((await w.app.storage.audit.verify()).broken, []);
  });
});
