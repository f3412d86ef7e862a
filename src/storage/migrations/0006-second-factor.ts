/**
 * The second factor: logins that still owe one, authenticator apps, passkeys, recovery codes, and how a session was
 * proven. `holder` is the digest of the cookie that began something: it is finished in the same browser or not at all.
 */
export const secondFactor = {
  name: '0006-second-factor',
  sql: `
alter table login_session add column methods text not null default 'password';
alter table login_session add column second_factor {int} not null default 0;

-- The password was right; no session yet. ticket_id is the application's request that it began in.
create table pending_login (
  lookup_id text primary key,
  digest {bytes} not null,
  browser {bytes} not null,
  ticket_id text,
  user_id text not null references user_account (id),
  user_epoch {int} not null,
  instance_epoch {int} not null,
  tries {int} not null default 0,
  created_at {int} not null,
  expires_at {int} not null,
  ended_at {int}
) {strict};
create index pending_login_by_user on pending_login (user_id);
create index pending_login_by_expiry on pending_login (expires_at);

create table totp_key (
  id text primary key,
  user_id text not null unique references user_account (id),
  sealed {bytes} not null,
  key_id text not null,
  created_at {int} not null,
  last_used_at {int}
) {strict};

-- Shown, and not confirmed by a code yet.
create table totp_enrolment (
  lookup_id text primary key,
  holder {bytes} not null unique,
  user_id text not null references user_account (id),
  sealed {bytes} not null,
  key_id text not null,
  created_at {int} not null,
  expires_at {int} not null
) {strict};
create index totp_enrolment_by_user on totp_enrolment (user_id);
create index totp_enrolment_by_expiry on totp_enrolment (expires_at);

create table passkey (
  credential_id text primary key,
  user_id text not null references user_account (id),
  public_key {bytes} not null,
  counter {int} not null,
  transports text not null,
  name text not null,
  synced {int} not null,
  created_at {int} not null,
  last_used_at {int}
) {strict};
create index passkey_by_user on passkey (user_id);

create table passkey_challenge (
  lookup_id text primary key,
  kind text not null check (kind in ('REGISTER', 'LOGIN')),
  holder {bytes} not null,
  user_id text,
  created_at {int} not null,
  expires_at {int} not null
) {strict};
create index passkey_challenge_by_expiry on passkey_challenge (expires_at);

create table recovery_code (
  user_id text not null references user_account (id),
  digest text not null,
  created_at {int} not null,
  used_at {int},
  primary key (user_id, digest)
) {strict};
`,
} as const;
