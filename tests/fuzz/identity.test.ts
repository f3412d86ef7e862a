import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { foldLoginId } from '#identity';
import { checkEmail, foldEmail } from '#kernel';
import { checkLoginId } from '../../src/identity/login-id.ts';
import { checkNewPassword, isPossiblePassword } from '../../src/identity/password-policy.ts';
import { ageOn, checkBirthday, checkName, tidyBirthday, tidyName } from '../../src/identity/person.ts';
import { foreign } from '../../src/signin/pages/html.ts';
import { always, anyText, linear } from '../support/fuzz.ts';

const NOW = Date.UTC(2026, 2, 2, 9);
const BRAND = 'MEDBIZ';

describe('A login id', () => {
  const own = 'abcADMIN09._- ａdİıſßK\u200bа';
  const check = (typed: string) => checkLoginId(typed, { brand: BRAND, reservedAllowed: false });

  always('folds to a form that folds to itself', anyText(own), (typed) => {
    assert.equal(foldLoginId(foldLoginId(typed)), foldLoginId(typed));
  });

  always('that is taken is plain ASCII and folds by case alone (AC-28)', anyText(own, 34), (typed) => {
    if (check(typed) !== null) return;
    assert.match(typed, /^[A-Za-z0-9][A-Za-z0-9._-]{2,31}$/);
    assert.equal(foldLoginId(typed), typed.toLowerCase());
    assert.equal(foldLoginId(typed).includes('medbiz'), false);
  });

  always(
    'is never taken beside another that looks up the same account, except by case',
    fc.tuple(anyText(own, 8), anyText(own, 8)),
    ([a, b]) => {
      if (check(a) !== null || check(b) !== null || foldLoginId(a) !== foldLoginId(b)) return;
      assert.equal(a.toLowerCase(), b.toLowerCase());
    },
  );

  linear('a login id', own, (text) => [foldLoginId(text), check(text)]);
});

describe('An e-mail address', () => {
  const own = 'a@b.co\r\n,;:"<>()=?-xn%é ';

  always(
    'that is taken is one address in plain ASCII, and nothing that a header could end (AC-16)',
    fc.oneof(
      anyText(own),
      fc.emailAddress(),
      fc.tuple(fc.emailAddress(), anyText(own, 10)).map(([a, b]) => a + b),
    ),
    (typed) => {
      if (checkEmail(typed) !== null) return;
      assert.match(typed, /^[!#$&'*+/=?^_`{|}~0-9A-Za-z.-]{1,64}@[0-9A-Za-z.-]{3,253}$/);
      assert.equal(/[\s,;:"<>()[\]\\%]|=\?|\?=|xn--/i.test(typed), false);
      assert.equal(foldEmail(foldEmail(typed)), foldEmail(typed));
      assert.equal(checkEmail(foldEmail(typed)), null);
    },
  );

  always(
    'is taken as people have it',
    fc.tuple(fc.stringMatching(/^[a-z0-9]{1,20}(?:[._+-][a-z0-9]{1,10}){0,2}$/), fc.domain()),
    ([local, domain]) => {
      if (domain.includes('xn--') || domain.length > 180) return;
      assert.equal(checkEmail(`${local}@${domain}`), null);
    },
  );

  linear('an e-mail address', own, checkEmail);
  linear('the domain of an e-mail address', 'a.-', (text) => checkEmail(`a@${text}`));
});

describe('A birthday', () => {
  const own = '0123456789-./ 년월일０９';
  const days = fc.date({ min: new Date('1900-01-01'), max: new Date('2012-03-02'), noInvalidDate: true });

  always('means the same however it is written', days, (day) => {
    const iso = day.toISOString().slice(0, 10);
    const [year = '', month = '', date = ''] = iso.split('-');
    const short = [Number(month), Number(date)];
    for (const typed of [
      iso,
      year + month + date,
      `${year}. ${short.join('. ')}.`,
      `${year}/${month}/${date}`,
      `${year}년 ${short[0]}월 ${short[1]}일`,
      ` ${iso} `,
    ]) {
      assert.equal(tidyBirthday(typed), iso, typed);
    }
    assert.equal(checkBirthday(iso, NOW, 14), null);
  });

  always('that is taken is a day of the calendar, of somebody old enough', anyText(own, 14), (typed) => {
    const tidy = tidyBirthday(typed);
    assert.equal(tidyBirthday(tidy), tidy);
    if (checkBirthday(tidy, NOW, 14) !== null) return;
    assert.equal(new Date(`${tidy}T00:00:00Z`).toISOString().slice(0, 10), tidy);
    assert.ok(tidy >= '1900-01-01' && ageOn(tidy, '2026-03-02') >= 14);
  });

  linear('a birthday', own, (text) => checkBirthday(tidyBirthday(text), NOW, 14));
});

describe('A name', () => {
  const own = '김하늘 aé\u202e\u2066\u200b\n<>&"\u0301';

  always('that is taken shows as it is', anyText(own), (typed) => {
    const name = tidyName(typed);
    assert.equal(tidyName(name), name);
    if (checkName(name) !== null) return;
    assert.ok(name.isWellFormed() && name === name.trim() && [...name].length <= 64);
    assert.equal(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069]/u.test(name), false);
  });

  always(
    'of somebody else is shown without markup and without turning the line (CS-22, WB-01)',
    fc.tuple(anyText(own, 200), fc.integer({ min: 1, max: 80 })),
    ([text, most]) => {
      const shown = String(foreign(text, most));
      const inner = /^<bdi>([\s\S]*)<\/bdi>$/.exec(shown)?.[1] ?? null;
      assert.notEqual(inner, null);
      assert.equal(/[<>"]|[\u202a-\u202e\u2066-\u2069\u200b-\u200f]/.test(inner ?? ''), false);
      assert.ok([...(inner ?? '').replaceAll(/&[a-z0-9#]+;/g, 'x')].length <= most);
    },
  );

  linear('a name', own, (text) => [checkName(tidyName(text)), String(foreign(text))]);
});

describe('A password', () => {
  const own = 'aA1 봄🦉\0\ud800';
  const you = { loginId: 'haneul', email: 'sky.kim@example.com', name: '김하늘', brand: BRAND };

  always(
    'that may be set is one that could be typed, from 8 characters to 1,024 bytes (AC-09)',
    anyText(own, 40),
    async (typed) => {
      if ((await checkNewPassword(typed, you)) !== null) return;
      assert.ok(isPossiblePassword(typed));
      assert.ok([...typed].length >= 8 && Buffer.byteLength(typed) <= 1024);
      assert.ok(typed.isWellFormed() && !typed.includes('\0'));
    },
  );

  always(
    'made of the person’s own words is refused (AC-10)',
    fc.tuple(fc.constantFrom('haneul', 'HANEUL', 'sky.kim', '김하늘', 'medbiz'), fc.stringMatching(/^[0-9!]{0,3}$/)),
    async ([word, behind]) => {
      assert.notEqual(await checkNewPassword(word + behind, you), null);
    },
  );

  linear('a password', own, (text) => isPossiblePassword(text));
});
