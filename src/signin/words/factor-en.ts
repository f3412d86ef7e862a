import type { Words } from './index.ts';
import { waitEn } from './wait.ts';

export const factorEn: Words['factor'] = {
  title: 'Two-step verification',
  lead: 'Your password is right. One more step shows that it is you.',
  account: 'Account',
  code: '6 digits from your authenticator app',
  codeHint: 'The app on your phone shows new digits every 30 seconds.',
  verify: 'Verify',
  noPhone: 'No access to your app or passkey?',
  recovery: 'Recovery code',
  recoveryHint: 'One of the codes you wrote down when you turned this on. Each works once.',
  recoveryButton: 'Log in with recovery code',
  cancel: 'Log in with another account',
  or: 'or',
  wrong: {
    code: 'These digits are not right. Enter the 6 digits that your app shows now.',
    recovery: 'This recovery code does not work. Enter one you have not used yet, as it is written.',
    passkey: 'We could not verify the passkey. Try again, or log in another way.',
  },
  used: 'These digits were used already. Wait for new ones in your app and enter those.',
  later: (seconds) => `There were too many wrong codes, so we paused them. Try again in ${waitEn(seconds)}.`,
  over: 'The second step took too long or went wrong too often. Log in again from the start.',
  passkey: {
    login: 'Log in with a passkey',
    verify: 'Verify with a passkey',
    add: 'Make a passkey',
    name: 'Name of the passkey',
    nameHint: 'So that you recognise it later.',
    failed: 'The passkey did not work: you cancelled, or there is none on this device. Try again, or use another way.',
    needsScript:
      'Passkeys need an up-to-date browser with JavaScript turned on. Use your authenticator app or a recovery code instead.',
    notAdded: 'The passkey could not be made. Try again.',
    taken: 'This passkey is registered already. Use another device or another passkey.',
  },
  enrol: {
    title: 'Set up two-step verification',
    lead: 'Operators can not log in with a password alone. Register one of these, and your login is complete.',
    app: 'Authenticator app',
    passkey: 'Passkey',
    passkeyHow:
      'Log in with your fingerprint, face, screen lock or a security key. It does not work on fake sites, which makes it the safest way.',
  },
  totp: {
    steps: [
      'Install an authenticator app on your phone if you have none, such as Google or Microsoft Authenticator.',
      'Scan this QR code with the app.',
      'Enter the 6 digits that the app shows.',
    ],
    qr: 'QR code for your authenticator app',
    open: 'Open in the app on this phone',
    byHand: 'If you can not scan it, type this key into the app.',
    key: 'Key',
    code: '6 digits',
    button: 'Register app',
    gone: 'This took too long. Open the page again.',
  },
  codes: {
    title: 'Recovery codes',
    lead: 'If you lose your phone, these log you in. Print them or write them down, and keep them safe.',
    once: 'You see these codes only now. Each works once.',
    list: '10 recovery codes',
    onward: 'I have written them down. Continue',
  },
};
