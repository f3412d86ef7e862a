import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addressBlock, foldLoginId, networkOf } from '#identity';
import { checkEmail } from '#kernel';
import { checkLoginId } from '../../src/identity/login-id.ts';
import { checkNewPassword } from '../../src/identity/password-policy.ts';
import { ageOn, checkBirthday, checkName, tidyBirthday, tidyName } from '../../src/identity/person.ts';

const you = { loginId: 'haneul', email: 'sky.kim@example.com', name: '김하늘', brand: 'MEDBIZ' };
const NOW = Date.UTC(2026, 2, 2, 9);

describe('A login id', () => {
  const check = (typed: string, reservedAllowed = false) => checkLoginId(typed, { brand: 'MEDBIZ', reservedAllowed });

  test('AC-03, AC-28: folds every spelling of one name to one', () => {
    for (const spelling of ['admin', 'ADMIN ', 'ａｄｍｉｎ', 'ⓐdmin', 'ᴬdmin', '\u3000Admin'])
      assert.equal(foldLoginId(spelling), 'admin');
    assert.notEqual(foldLoginId('аdmin'), 'admin', 'a Cyrillic letter is another letter');
  });

  test('AC-28: takes only ASCII as it was typed, so that no look-alike is ever stored', () => {
    for (const typed of ['haneul', 'Haneul.Kim', 'a1-_.', '1st']) assert.equal(check(typed), null, typed);
    for (const typed of [
      'аdam',
      'ｈaneul',
      'hane\u200bul',
      '하늘이',
      'ſteven',
      'ab',
      '.abc',
      'a b c',
      'a'.repeat(33),
      'Kelvin\u212a',
    ]) {
      assert.equal(check(typed), 'shape', typed);
    }
    assert.equal(check(''), 'empty');
  });

  test('AC-28: does not speak for the platform, except where an operator makes it', () => {
    for (const typed of [
      'admin',
      'Admin1',
      'a-d-m-i-n',
      'root',
      'operator',
      'system',
      'medbiz',
      'medbiz-help',
      'postmaster',
    ]) {
      assert.equal(check(typed), 'reserved', typed);
      assert.equal(check(typed, true), null, typed);
    }
    for (const typed of ['person1', 'rooter', 'systema', 'kim.admin']) assert.equal(check(typed), null, typed);
  });
});

describe('An e-mail address', () => {
  test('is one plain address', () => {
    for (const good of ['a@b.co', "o'neil+x@mail.example.com", 'user_1@sub.example.kr'])
      assert.equal(checkEmail(good), null, good);
  });

  test('AC-16: is nothing that a mailer could read as another', () => {
    const bad = [
      'a@b.c\r\nBcc: x@evil.com',
      '"x@evil y"@victim.com',
      'a@b.co,evil@x.co',
      'a%0a@b.co',
      '=?utf-8?q?=40?=@b.co',
      'a@xn--victm-9za.com',
      'a@빅팀.com',
      'a@b',
      'a@b.1',
      '@b.co',
      'a@',
      'a..b@c.co',
      '.a@b.co',
      'a@-b.co',
      'a @b.co',
      'a@b.co>',
      '<a@b.co>',
      'a@[127.0.0.1]',
      'ä@b.co',
      `${'a'.repeat(65)}@b.co`,
      `a@${'b'.repeat(250)}.co`,
      'a@b.co\0',
    ];
    for (const typed of bad) assert.equal(checkEmail(typed), 'shape', JSON.stringify(typed));
  });
});

describe('A name', () => {
  test('is any language, without characters that pretend', () => {
    for (const good of ['김하늘', 'Ada Lovelace', 'محمد', "O'Neil-Smith", '𠮷野家'])
      assert.equal(checkName(tidyName(good)), null, good);
    for (const bad of ['a\u202eb', 'a\u0000b', 'a\nb', 'a\u200bb', 'a\u2066b'])
      assert.equal(checkName(tidyName(bad)), 'shape');
    assert.equal(checkName(tidyName('  ')), 'empty');
    assert.equal(checkName('가'.repeat(64)), null);
    assert.equal(checkName('가'.repeat(65)), 'too-long');
    assert.equal(tidyName('e\u0301  x '), '\u00e9 x');
  });
});

describe('A birthday', () => {
  test('is understood as people write it', () => {
    for (const typed of [
      '1990-01-31',
      '19900131',
      '1990.1.31',
      '1990. 1. 31.',
      '1990년 1월 31일',
      ' 1990/01/31 ',
      '１９９０-01-31',
    ]) {
      assert.equal(tidyBirthday(typed), '1990-01-31', typed);
    }
    for (const typed of ['1990131', '31.1.1990', 'x', '']) assert.equal(tidyBirthday(typed), typed);
  });

  test('is a real date of somebody who can be alive', () => {
    assert.equal(checkBirthday('1990-01-31', NOW, 14), null);
    for (const typed of ['1990-02-30', '1990-13-01', '2023-02-29', 'x', '1990-1-31'])
      assert.equal(checkBirthday(typed, NOW, 14), 'shape');
    assert.equal(checkBirthday('2026-03-03', NOW, 14), 'future');
    assert.equal(checkBirthday('1899-12-31', NOW, 14), 'too-early');
  });

  test('counts years by the Korean day: the fourteenth birthday is enough, the day before is not', () => {
    assert.equal(checkBirthday('2012-03-02', NOW, 14), null);
    assert.equal(checkBirthday('2012-03-03', NOW, 14), 'too-young');
    const lateInUtc = Date.UTC(2026, 2, 2, 15, 30); // already 3 March in Seoul
    assert.equal(checkBirthday('2012-03-03', lateInUtc, 14), null);
    assert.equal(ageOn('2012-02-29', '2026-02-28'), 13);
    assert.equal(ageOn('2012-02-29', '2026-03-01'), 14);
  });
});

describe('A new password', () => {
  const check = (typed: string) => checkNewPassword(typed, you);

  test('AC-09: is taken exactly as typed, from 8 characters to 1,024 bytes', async () => {
    for (const good of [
      'bom-gwa-yeoreum-47',
      '봄과여름사이의어느날',
      ' leading space ok',
      '🦉🐢🦊🐙🦀🐝🦋🐌',
      'x7$'.repeat(341),
    ]) {
      assert.equal(await check(good), null, good.slice(0, 20));
    }
    assert.equal(await check(''), 'empty');
    assert.equal(await check('seven77'), 'too-short');
    assert.equal(await check('ab1'.repeat(342)), 'too-long');
    assert.equal(await check('with\0nul-inside'), 'unusable');
    assert.equal(await check('lone\ud800surrogate'), 'unusable');
  });

  test('AC-10: is none that everybody guesses', async () => {
    for (const bad of [
      'password',
      'PASSWORD',
      'Password1!',
      'qwertyuiop',
      '12345678',
      'iloveyou2',
      'aaaaaaaa',
      '        ',
      'abcdefgh',
      '98765432',
      '12121212',
    ]) {
      assert.equal(await check(bad), 'common', bad);
    }
  });

  test('AC-10: is not made of the person’s own data or the brand', async () => {
    for (const bad of [
      'haneul12',
      'HANEUL!!!',
      'sky.kim@example.com',
      'sky.kim1',
      '김하늘김하늘12',
      'medbiz123',
      'Medbiz!!!',
    ]) {
      assert.equal(await check(bad), 'contains-you', bad);
    }
    assert.equal(await check('haneul-rides-a-bicycle'), null);
  });
});

describe('An address', () => {
  test('AC-06: counts as itself in IPv4, and as its /64 in IPv6, however it is written', () => {
    assert.equal(addressBlock('203.0.113.7'), '203.0.113.7');
    for (const mapped of ['::ffff:203.0.113.7', '::FFFF:cb00:7107', '0:0:0:0:0:ffff:203.0.113.7'])
      assert.equal(addressBlock(mapped), '203.0.113.7');
    const block = addressBlock('2001:db8:1:2::1');
    for (const same of ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:0DB8:0001:0002::', '2001:db8:1:2::1%eth0'])
      assert.equal(addressBlock(same), block);
    assert.notEqual(addressBlock('2001:db8:1:3::1'), block);
    assert.equal(addressBlock('::1'), '0:0:0:0::/64');
  });

  test('AC-06: counts for its /56, too, which whoever rents one may walk through', () => {
    const network = networkOf('2001:db8:1:2ff::1');
    for (const same of ['2001:db8:1:200::1', '2001:0db8:1:02aa:ffff::', '2001:db8:1:2ff::1%eth0'])
      assert.equal(networkOf(same), network);
    assert.notEqual(networkOf('2001:db8:1:300::1'), network);
    for (const none of ['203.0.113.7', '::ffff:203.0.113.7', 'x', '']) assert.equal(networkOf(none), null, none);
  });
});
