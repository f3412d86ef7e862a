import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LEASE_MS } from '#jobs';
import { formOf, openBrowser } from '../support/browser.ts';
import { type Installation, newInstallation, type Served } from '../support/serve.ts';
import { type SmtpReceiver, startSmtp } from '../support/smtp.ts';

describe('Mail, from the command line', () => {
  let smtp: SmtpReceiver;
  let installation: Installation;
  let served: Served;
  before(async () => {
    smtp = await startSmtp();
    installation = await newInstallation({ MEDBIZ_SMTP_URL: smtp.url, MEDBIZ_MAIL_FROM: 'no-reply@example.com' });
    served = await installation.start();
    const hong = ['--user-id', 'hong', '--email', 'hong@example.com', '--name', '홍길동'];
    await installation.run(['user', 'create', ...hong, '--password-stdin'], 'bom-gwa-yeoreum-47');
  });
  after(async () => {
    await served.kill('SIGTERM');
    await installation.remove();
    await smtp.close();
  });
  const doctor = async (): Promise<string> =>
    installation.run(['doctor']).catch((error: unknown) => (error instanceof Error ? error.message : ''));
  const ask = async (): Promise<number> => {
    const browser = openBrowser(installation.url);
    const form = formOf(await browser.get('/recover/password'), 'send');
    return (await browser.post(form.action, { ...form.fields, account: 'hong' })).status;
  };

  test('doctor logs in to the mail server, says that it works, and what to do where it does not', async () => {
    assert.match(await doctor(), /\[ok\] +mail: The SMTP server answers/);
    smtp.mood = 'silent';
    const findings = await installation
      .run(['doctor', '--json'])
      .then(() => 'fine')
      .catch(() => 'wrong');
    assert.equal(findings, 'wrong');
    smtp.mood = 'well';
  });

  test('a server that is killed while its mail hangs has lost nothing: the job is there for the next one', async () => {
    smtp.mood = 'silent-at-end';
    const calls = smtp.calls;
    assert.equal(await ask(), 303);
    while (smtp.calls === calls) await new Promise((resolve) => setTimeout(resolve, 20));
    await smtp.next('hong@example.com');
    await served.kill('SIGKILL');
    smtp.mood = 'well';
    served = await installation.start();
    // Its lease holds for a minute of the real clock; that it is taken again after that is told in tests/jobs.
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(smtp.mails.length, 1);
    assert.equal(LEASE_MS, 60_000);
    assert.match(await installation.run(['jobs', 'list']), /No job was given up/);
  });

  test('a job that was given up is listed with a word, seen by doctor, and begun anew', async () => {
    smtp.mood = 'nobody-here';
    assert.equal(await ask(), 303);
    let listed = '';
    while (!listed.includes('mail-reset')) listed = await installation.run(['jobs', 'list']);
    assert.match(listed, /^\S{26} {2}mail-reset {2}address-refused-550 {2}1 tries {2}20/);
    assert.doesNotMatch(listed + served.printed(), /hong@example|mbp_/);
    assert.match(await doctor(), /\[caution\] jobs: 1 jobs were given up/);
    smtp.mood = 'well';
    const { dead } = JSON.parse(await installation.run(['jobs', 'list', '--json'])) as { dead: { id: string }[] };
    const id = dead[0]?.id ?? '';
    assert.match(await installation.run(['jobs', 'retry', id]), /begun anew/);
    assert.match((await smtp.next('hong@example.com')).text, /recover\/reset\?link=mbp_/);
    await assert.rejects(installation.run(['jobs', 'retry', id]), /There is no dead job/);
    await assert.rejects(installation.run(['jobs', 'forget']), /medbiz jobs can: list, retry/);
  });
});
