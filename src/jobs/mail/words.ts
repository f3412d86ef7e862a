import type { Locale } from '#kernel';
import type { Mail } from './mail.ts';

/**
 * Every mail there is, in both languages. A mail to an address that nobody has proven yet holds nothing that a stranger
 * could have written: no name, no text of an application.
 */
export interface MailWords {
  reset(brand: string, accounts: readonly { readonly loginId: string; readonly link: string }[]): Mail;
  loginIds(brand: string, loginIds: readonly string[], login: string): Mail;
  verify(brand: string, loginId: string, link: string): Mail;
}

const ko: MailWords = {
  reset: (brand, accounts) => ({
    locale: 'ko',
    subject: `[${brand}] 비밀번호 새로 정하기`,
    parts: [
      '비밀번호를 새로 정해 달라는 요청을 받았습니다. 아래 단추를 누르고 새 비밀번호를 입력해 주세요.',
      ...accounts.map(({ loginId, link }) => ({ link, label: `${loginId} 비밀번호 새로 정하기` })),
      '이 링크는 15분 동안 한 번만 쓸 수 있습니다. 여러 번 요청했다면 가장 나중에 받은 메일의 링크만 쓸 수 있습니다.',
      {
        fine: '요청하지 않았다면 이 메일을 무시해 주세요. 비밀번호는 그대로입니다. 이 링크를 다른 사람에게 보내지 마세요.',
      },
    ],
  }),
  loginIds: (brand, loginIds, login) => ({
    locale: 'ko',
    subject: `[${brand}] 아이디 안내`,
    parts: [
      '이 이메일 주소로 가입한 아이디입니다.',
      { list: loginIds },
      { link: login, label: '로그인' },
      { fine: '요청하지 않았다면 이 메일을 무시해 주세요. 아이디는 이 주소로만 알려 드립니다.' },
    ],
  }),
  verify: (brand, loginId, link) => ({
    locale: 'ko',
    subject: `[${brand}] 이메일 주소 확인`,
    parts: [
      `${loginId} 계정의 이메일 주소가 맞는지 확인합니다. 아래 단추를 눌러 주세요.`,
      { link, label: '이메일 주소 확인' },
      '이 링크는 24시간 동안 한 번만 쓸 수 있습니다.',
      { fine: '가입하지 않았다면 이 메일을 무시해 주세요.' },
    ],
  }),
};

const en: MailWords = {
  reset: (brand, accounts) => ({
    locale: 'en',
    subject: `[${brand}] Set a new password`,
    parts: [
      'We were asked to set a new password. Press the button and enter the new password.',
      ...accounts.map(({ loginId, link }) => ({ link, label: `Set a new password for ${loginId}` })),
      'The link works once, for 15 minutes. If you asked several times, only the link in the newest mail works.',
      {
        fine: 'If you did not ask for this, ignore this mail; your password stays as it is. Never pass the link on to anybody.',
      },
    ],
  }),
  loginIds: (brand, loginIds, login) => ({
    locale: 'en',
    subject: `[${brand}] Your login ID`,
    parts: [
      'These login IDs belong to this e-mail address.',
      { list: loginIds },
      { link: login, label: 'Log in' },
      { fine: 'If you did not ask for this, ignore this mail. Login IDs are told to this address alone.' },
    ],
  }),
  verify: (brand, loginId, link) => ({
    locale: 'en',
    subject: `[${brand}] Confirm your e-mail address`,
    parts: [
      `Is this the e-mail address of the account ${loginId}? Press the button to confirm it.`,
      { link, label: 'Confirm e-mail address' },
      'The link works once, for 24 hours.',
      { fine: 'If you did not sign up, ignore this mail.' },
    ],
  }),
};

export const mailWords = (locale: Locale): MailWords => (locale === 'ko' ? ko : en);
