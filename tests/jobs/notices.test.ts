import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { createMailer, noticeMail } from '#jobs';
import { type ClientId, DAY } from '#kernel';
import { type SmtpReceiver, startSmtp } from '../support/smtp.ts';
import { actAt, makePair, onBothStorages } from '../support/storage.ts';
import { onBoth } from '../support/suite.ts';

const smtp: SmtpReceiver = await startSmtp();
after(() => smtp.close());

onBoth(
  'A decision about a client',
  (w) => {
    test('is mailed to its developer, once, in both languages, with the reason and the way to the console', async () => {
      const world = w();
      const client = await world.client({ name: '혈압 수첩', status: 'PENDING' });
      const before = smtp.mails.length;
      await world.app.review(client.id, 'approve');
      const mail = await smtp.next(client.owner.email);
      assert.equal(mail.headers.get('subject'), '[MEDBIZ] 혈압 수첩 앱 안내 · About your app');
      for (const part of [
        '검수를 통과했습니다',
        'has passed its review',
        `${world.url}/console/clients/${client.id}/review`,
      ])
        assert.ok(mail.text.includes(part), part);
      await world.app.review(client.id, 'suspend');
      const second = await smtp.next(client.owner.email);
      assert.match(second.text, /이용이 정지되었습니다[\s\S]*was suspended[\s\S]*이유 · Reason: tests/);
      await new Promise((resolve) => setTimeout(resolve, 2500));
      assert.equal(smtp.mails.length - before, 2);
    });
  },
  { config: { smtpUrl: smtp.url, mailFrom: 'no-reply@example.com' } },
);

test('AC-16: what others wrote makes no header and no line of its own in a mail, and no markup', async () => {
  const mailer = createMailer({
    smtpUrl: smtp.url,
    from: { name: 'MEDBIZ', address: 'no-reply@example.com' },
    greeting: 'login.example.com',
  });
  const notice = {
    to: 'dev@example.com',
    kind: 'client-rejected' as const,
    client: 'a'.repeat(32) as ClientId,
    clientName: '수첩\u202E\r\nBcc: x@evil.example\r\n\r\n<b>앱</b>',
    reason: `<img src=x>\u2028https://evil.example\n${'가'.repeat(9000)}`,
    refused: [{ scope: 'HEALTH', reason: '</ul><script>x</script>' }],
  };
  await mailer.send(notice.to, noticeMail('MEDBIZ', notice, 'https://login.example.com/console/clients/a/review'));
  const mail = await smtp.next(notice.to);
  assert.deepEqual(mail.to, [notice.to]);
  assert.equal(mail.headers.has('bcc'), false);
  assert.equal(mail.headers.get('subject'), '[MEDBIZ] 수첩 Bcc: x@evil.example <b>앱</b> 앱 안내 · About your app');
  assert.doesNotMatch(mail.html, /<b>|<img|<script/);
  assert.match(mail.html, /&lt;b&gt;앱&lt;\/b&gt;/);
  assert.doesNotMatch(mail.text, /^https:\/\/evil/m);
  assert.ok(mail.text.length < 5000);
});

onBoth('Without a mail server, a decision', (w) => {
  test('stands in the console, and waits there unmailed', async () => {
    const world = w();
    const client = await world.client();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    const [notice] = await world.app.storage.decisionNotices.noticesOf(client.owner.muid);
    assert.equal(notice?.kind, 'client-approved');
    assert.equal(await world.app.storage.noticeMails.enqueueUnmailed(world.app.clock.now(), 0, 10), 1);
  });
});

onBothStorages('Notices without a mail', (shelf) => {
  test('are put into the queue once, whoever does it first; those of long ago are left in the console', async () => {
    const s = shelf();
    for (let i = 0; i < 5; i++) await makePair(s);
    const elsewhere = await s.database.open();
    const now = s.clock.now();
    const counts = await Promise.all(
      [s.storage, elsewhere, s.storage, elsewhere].map((each) => each.noticeMails.enqueueUnmailed(now, now - DAY, 100)),
    );
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      5,
    );
    const wish = { kinds: ['mail-notice'] as const, lease: 'x', now, until: now + 1, most: 100 };
    const jobs = await s.storage.jobs.lease(wish);
    assert.equal(new Set(jobs.map((job) => JSON.stringify(job.payload))).size, 5);

    const { client } = await makePair(s);
    assert.ok(client);
    s.clock.advance(8 * DAY);
    const later = s.clock.now();
    assert.equal(await s.storage.noticeMails.enqueueUnmailed(later, later - 7 * DAY, 100), 0);
  });

  test('a developer whose account is suspended gets none', async () => {
    const s = shelf();
    const { owner } = await makePair(s);
    const now = s.clock.now();
    assert.ok((await s.storage.noticeMails.enqueueUnmailed(now, now - DAY, 100)) > 0);
    const wish = { kinds: ['mail-notice'] as const, lease: 'y', now: now + 2, until: now + 3, most: 100 };
    const [job] = (await s.storage.jobs.lease(wish)).toReversed();
    assert.ok(job && 'notice' in job.payload);
    const found = await s.storage.noticeMails.forMail(job.payload.notice);
    assert.equal(found?.kind, 'client-approved');
    await s.storage.users.setStatus(actAt(now), owner, 'SUSPENDED');
    assert.equal(await s.storage.noticeMails.forMail(job.payload.notice), null);
  });
});
