export type { Mail } from './mail.ts';
export { noticeMail } from './notice.ts';
export { createMailer, type Mailer, type MailerOptions, serverOf } from './transport.ts';
export { mailWords } from './words.ts';
