import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { createMailer, JobFailure, type Mail, mailWords, serverOf } from '#jobs';
import { LOCALES } from '#kernel';
import { type SmtpReceiver, startSmtp } from '../support/smtp.ts';

const FROM = { name: '메드비즈', address: 'no-reply@example.com' };
const MAIL: Mail = {
  locale: 'ko',
  subject: '[MEDBIZ] 새 소식',
  parts: [
    '첫 줄 <b>굵게</b> & "따옴표"',
    { link: 'https://login.example.com/x?a=1&b=2', label: '여십시오' },
    { list: ['하나', '둘'] },
    { fine: '작은 글씨' },
  ],
};
/** Of 2026: each is one that a mailer or a server would read as another address, as two, or as a header (AC-16). */
const NO_RECIPIENTS = [
  'a@b.example\r\nBcc: x@evil.example',
  'a@b.example\nBcc: x@evil.example',
  '"x@evil.example y"@victim.example',
  'a@b.example,evil@x.example',
  'a@b.example>,<evil@x.example',
  'Name <a@b.example>',
  'a%0a@b',
  'a@xn--b-example.example',
  '=?utf-8?q?x=40evil.example?=@victim.example',
  'group: a@b.example;',
  'a@b.example (comment)',
  '',
];

describe('The mailer', () => {
  let smtp: SmtpReceiver;
  before(async () => {
    smtp = await startSmtp();
  });
  after(() => smtp.close());
  const mailer = (url = smtp.url) =>
    createMailer({
      smtpUrl: url,
      from: FROM,
      greeting: 'login.example.com',
      timeouts: { greeting: 150, silence: 200, whole: 2000 },
    });
  const failure = (word: string, final: boolean) => (error: unknown) =>
    error instanceof JobFailure && error.word === word && error.final === final;

  test('sends one mail to one recipient, as text and as HTML that say the same, and nothing of the machine', async () => {
    await mailer().send('haneul@example.com', MAIL);
    const mail = await smtp.next('haneul@example.com');
    assert.equal(mail.from, FROM.address);
    assert.deepEqual(mail.to, ['haneul@example.com']);
    assert.equal(mail.headers.get('to'), 'haneul@example.com');
    assert.equal(mail.headers.get('from'), '메드비즈 <no-reply@example.com>');
    assert.equal(mail.headers.get('subject'), '[MEDBIZ] 새 소식');
    assert.equal(mail.headers.get('auto-submitted'), 'auto-generated');
    assert.equal(mail.headers.has('x-mailer'), false);
    assert.match(mail.headers.get('message-id') ?? '', /@example\.com>$/);
    assert.equal(
      mail.text.trim(),
      '첫 줄 <b>굵게</b> & "따옴표"\n\n여십시오\nhttps://login.example.com/x?a=1&b=2\n\n- 하나\n- 둘\n\n작은 글씨',
    );
    assert.match(mail.html, /<p>첫 줄 &lt;b&gt;굵게&lt;\/b&gt; &amp; &quot;따옴표&quot;<\/p>/);
    assert.match(mail.html, /href="https:\/\/login\.example\.com\/x\?a=1&amp;b=2"/);
    assert.doesNotMatch(mail.html, /<img|<script|src=|url\(/);
  });

  test('AC-16: takes no recipient that could be read as another one, as two, or as a header', async () => {
    const had = smtp.calls;
    for (const to of NO_RECIPIENTS)
      await assert.rejects(mailer().send(to, MAIL), failure('bad-recipient', true), JSON.stringify(to));
    assert.equal(smtp.calls, had, 'nobody was even called');
  });

  test('AC-16: a line break in a subject or in the sender’s name makes no header', async () => {
    const sneaky = createMailer({
      smtpUrl: smtp.url,
      from: { name: 'Brand\r\nBcc: x@evil.example', address: FROM.address },
      greeting: 'login.example.com',
    });
    await sneaky.send('subject@example.com', { ...MAIL, subject: 'News\r\nBcc: x@evil.example\r\n\r\nbody' });
    const mail = await smtp.next('subject@example.com');
    assert.deepEqual(mail.to, ['subject@example.com']);
    assert.equal(mail.headers.has('bcc'), false);
    assert.equal(mail.text.trim(), (await smtpText(mailer(), smtp)).trim());
  });

  test('AC-18: a path or an address in a text is a text: nothing is read', async () => {
    const parts = ['/etc/hostname', 'file:///etc/hostname', `http://127.0.0.1:${smtp.port}/`, 'data:text/plain,x'];
    await mailer().send('paths@example.com', { ...MAIL, parts });
    assert.equal((await smtp.next('paths@example.com')).text.trim(), parts.join('\n\n'));
  });

  test('HT-13: gives up a server that never greets, and one that falls silent', async () => {
    for (const mood of ['silent', 'silent-at-end'] as const) {
      smtp.mood = mood;
      const began = performance.now();
      await assert.rejects(mailer().send('hang@example.com', MAIL), failure('timed-out', false));
      assert.ok(performance.now() - began < 1500, mood);
    }
    smtp.mood = 'well';
  });

  test('HT-13: waits three seconds for a greeting when nobody says otherwise', async () => {
    smtp.mood = 'silent';
    const began = performance.now();
    const usual = createMailer({ smtpUrl: smtp.url, from: FROM, greeting: 'login.example.com' });
    await assert.rejects(usual.send('hang@example.com', MAIL), failure('timed-out', false));
    const took = performance.now() - began;
    smtp.mood = 'well';
    assert.ok(took > 2500 && took < 5000, `${took} ms`);
  });

  test('tells a recipient who is refused for good from everything that may be mended, in words of its own', async () => {
    smtp.mood = 'nobody-here';
    await assert.rejects(mailer().send('gone@example.com', MAIL), failure('address-refused-550', true));
    smtp.mood = 'later';
    await assert.rejects(mailer().send('later@example.com', MAIL), failure('address-refused-451', false));
    smtp.mood = 'well';
    await assert.rejects(mailer('smtp://127.0.0.1:9').send('x@example.com', MAIL), failure('unreachable', false));
    const refused = smtp.url.replace('smtp://', 'smtp://user:wrong@');
    await assert.rejects(mailer(refused).send('x@example.com', MAIL), failure('login-refused-535', false));
  });

  test('logs in with what the address says, percent-decoded, and can be asked whether that works', async () => {
    const url = smtp.url.replace('smtp://', 'smtp://mail%40medbiz:p%3Aw%2F@');
    assert.equal(await mailer(url).check(), null);
    assert.equal(smtp.login, 'mail@medbiz:p:w/');
    assert.equal(await mailer(smtp.url.replace('smtp://', 'smtp://user:wrong@')).check(), 'login-refused-535');
  });

  test('sends over TLS alone, except to this very machine', async () => {
    // Loopback all the same, but not by a name that says so.
    const elsewhere = await startSmtp('0.0.0.0');
    await assert.rejects(mailer(elsewhere.url).send('x@example.com', MAIL), failure('no-tls-502', false));
    assert.equal(elsewhere.mails.length, 0);
    await elsewhere.close();
    const { requireTLS, ignoreTLS, secure, port } = serverOf('smtp://mail.example.com');
    assert.deepEqual(
      { requireTLS, ignoreTLS, secure, port },
      { requireTLS: true, ignoreTLS: false, secure: false, port: 587 },
    );
    assert.equal(serverOf('smtps://mail.example.com').secure, true);
    assert.equal(serverOf('smtps://localhost').ignoreTLS, false);
    assert.deepEqual([serverOf('smtp://[::1]:25').host, serverOf('smtp://[::1]:25').ignoreTLS], ['::1', true]);
  });
});

async function smtpText(mailer: { send(to: string, mail: Mail): Promise<void> }, smtp: SmtpReceiver): Promise<string> {
  await mailer.send('same@example.com', MAIL);
  return (await smtp.next('same@example.com')).text;
}

describe('Every mail', () => {
  const accounts = [
    { loginId: 'haneul', link: 'https://login.example.com/recover/reset?link=a' },
    { loginId: 'bada', link: 'https://login.example.com/recover/reset?link=b' },
  ];
  for (const locale of LOCALES) {
    const words = mailWords(locale);
    const mails: readonly [string, Mail, RegExp][] = [
      ['reset', words.reset('MEDBIZ', accounts), /link=a[\s\S]*link=b/],
      [
        'login ids',
        words.loginIds('MEDBIZ', ['haneul', 'bada'], 'https://login.example.com/login'),
        /haneul[\s\S]*bada/,
      ],
      ['verify', words.verify('MEDBIZ', 'haneul', 'https://login.example.com/recover/email?link=c'), /link=c/],
    ];
    for (const [name, mail, holds] of mails) {
      test(`${name}, ${locale}: names the service, holds what it is for, and shouts nowhere`, () => {
        const all = JSON.stringify(mail);
        assert.match(mail.subject, /^\[MEDBIZ\] /);
        assert.match(all, holds);
        assert.doesNotMatch(all, /!/);
        assert.equal(mail.locale, locale);
        if (locale === 'en') assert.doesNotMatch(all, /[가-힣]/);
      });
    }
  }
});
