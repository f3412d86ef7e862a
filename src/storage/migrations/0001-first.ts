/**
 * The first schema. Portable SQL with three words for what the dialects spell differently: {int} a 64-bit integer,
 * {bytes} binary, {strict} the end of a table. Times are UTC milliseconds, flags are 0 or 1.
 */
export const first = {
  name: '0001-first',
  sql: `
create table instance (
  id {int} primary key check (id = 1),
  epoch {int} not null,
  created_at {int} not null,
  master_key_check text,
  operator_claimed_at {int},
  is_backup {int} not null default 0
) {strict};
insert into instance (id, epoch, created_at) values (1, 1, 0);

create table user_account (
  id text primary key,
  login_id text not null,
  name text not null,
  gender text not null check (gender in ('MALE', 'FEMALE', 'UNKNOWN')),
  status text not null check (status in ('ACTIVE', 'SUSPENDED', 'CLOSED')),
  epoch {int} not null default 1,
  drive_agreed_at {int},
  drive_quota_mb {int} not null default 10240,
  created_at {int} not null,
  updated_at {int} not null,
  closed_at {int}
) {strict};

-- A login id is never reissued: the row outlives the account (AC-30).
create table login_id (
  folded text primary key,
  user_id text not null,
  created_at {int} not null
) {strict};
create index login_id_by_user on login_id (user_id);

create table user_email (
  user_id text not null references user_account (id),
  email text not null,
  folded text not null,
  verified_at {int},
  created_at {int} not null,
  primary key (user_id, folded)
) {strict};
create index user_email_by_folded on user_email (folded);

create table user_birthday (
  user_id text primary key references user_account (id),
  birthday text not null
) {strict};

create table user_contact (
  user_id text primary key references user_account (id),
  address text,
  phone text,
  updated_at {int} not null
) {strict};

create table user_role (
  user_id text not null references user_account (id),
  role text not null check (role in ('user', 'developer', 'operator')),
  granted_at {int} not null,
  granted_by text,
  primary key (user_id, role)
) {strict};
create index user_role_by_role on user_role (role);

create table user_agreement (
  user_id text not null references user_account (id),
  kind text not null,
  version text not null,
  agreed_at {int} not null,
  primary key (user_id, kind, version)
) {strict};

create table password (
  user_id text primary key references user_account (id),
  hash text not null,
  changed_at {int} not null
) {strict};

create table login_session (
  lookup_id text primary key,
  digest {bytes} not null,
  user_id text not null references user_account (id),
  user_epoch {int} not null,
  instance_epoch {int} not null,
  created_at {int} not null,
  authenticated_at {int} not null,
  last_seen_at {int} not null,
  expires_at {int} not null,
  ended_at {int},
  ip text,
  user_agent text
) {strict};
create index login_session_by_user on login_session (user_id);
create index login_session_by_expiry on login_session (expires_at);

-- One-time links that make the first operator.
create table operator_link (
  lookup_id text primary key,
  digest {bytes} not null,
  created_at {int} not null,
  expires_at {int} not null,
  used_at {int}
) {strict};

create table backoff_counter (
  kind text not null,
  value text not null,
  tries {int} not null,
  window_started_at {int} not null,
  blocked_until {int} not null,
  updated_at {int} not null,
  primary key (kind, value)
) {strict};
create index backoff_counter_by_age on backoff_counter (updated_at);

create table organisation (
  id text primary key,
  name text not null,
  legal_name text not null,
  registration_number text,
  contact text,
  verified_at {int},
  created_at {int} not null
) {strict};

create table organisation_member (
  organisation_id text not null references organisation (id),
  user_id text not null references user_account (id),
  role text not null check (role in ('ADMIN', 'MEMBER')),
  joined_at {int} not null,
  primary key (organisation_id, user_id)
) {strict};
create index organisation_member_by_user on organisation_member (user_id);

create table client (
  id text primary key,
  owner_id text not null references user_account (id),
  organisation_id text references organisation (id),
  status text not null check (status in ('PENDING', 'ACTIVE', 'REJECTED', 'SUSPENDED', 'DELETED')),
  epoch {int} not null default 1,
  live_version {int},
  newest_version {int} not null,
  allow_password {int} not null default 0,
  allow_get_token {int} not null default 0,
  allow_implicit {int} not null default 0,
  allow_resource_server {int} not null default 0,
  created_at {int} not null,
  updated_at {int} not null,
  deleted_at {int}
) {strict};
create index client_by_owner on client (owner_id);
create index client_by_status on client (status, created_at);

create table client_version (
  client_id text not null references client (id),
  version {int} not null,
  type text not null check (type in ('web', 'native', 'spa')),
  name text not null,
  description text not null,
  require_pkce {int} not null,
  content_hash text not null,
  review_state text not null check (review_state in ('PENDING', 'APPROVED', 'REJECTED', 'REPLACED', 'WITHDRAWN')),
  created_at {int} not null,
  created_by text,
  primary key (client_id, version)
) {strict};
create index client_version_by_state on client_version (review_state, created_at);

create table client_version_redirect_uri (
  client_id text not null,
  version {int} not null,
  position {int} not null,
  uri text not null,
  origin text not null,
  primary key (client_id, version, position)
) {strict};
create index client_version_redirect_uri_by_origin on client_version_redirect_uri (origin);

-- review_state is what the decision rows said of it; null until decided.
create table client_version_scope (
  client_id text not null,
  version {int} not null,
  scope text not null,
  level text not null check (level in ('REQUIRED', 'OPTIONAL')),
  purpose text not null,
  retention text not null,
  refusal_effect text not null,
  review_state text check (review_state in ('APPROVED', 'REFUSED')),
  primary key (client_id, version, scope)
) {strict};

create table client_version_method (
  client_id text not null,
  version {int} not null,
  method text not null check (method in ('AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN')),
  primary key (client_id, version, method)
) {strict};

create table client_secret (
  id text primary key,
  client_id text not null references client (id),
  name text not null,
  digest {bytes} not null,
  sealed {bytes},
  key_id text not null,
  created_at {int} not null,
  expires_at {int},
  last_used_at {int}
) {strict};
create index client_secret_by_client on client_secret (client_id);

create table client_key (
  client_id text not null references client (id),
  kid text not null,
  jwk text not null,
  created_at {int} not null,
  ended_at {int},
  primary key (client_id, kid)
) {strict};

create table review_decision (
  id text primary key,
  client_id text not null references client (id),
  version {int} not null,
  content_hash text not null,
  action text not null,
  from_status text not null,
  to_status text not null,
  decided_by text,
  decided_at {int} not null,
  reason text not null
) {strict};
create index review_decision_by_client on review_decision (client_id, decided_at);

create table review_verdict (
  decision_id text not null references review_decision (id),
  scope text not null,
  verdict text not null check (verdict in ('APPROVED', 'REFUSED')),
  reason text not null,
  primary key (decision_id, scope)
) {strict};

create table connection (
  user_id text not null references user_account (id),
  client_id text not null references client (id),
  epoch {int} not null default 1,
  connected_at {int} not null,
  last_used_at {int},
  primary key (user_id, client_id)
) {strict};
create index connection_by_client on connection (client_id);

create table authorization_transaction (
  lookup_id text primary key,
  digest {bytes} not null,
  browser {bytes},
  client_id text not null references client (id),
  redirect_uri text not null,
  redirect_uri_sent {int} not null,
  response_type text not null,
  response_mode text not null,
  state text,
  scope text not null,
  spelling text not null,
  code_challenge text,
  prompt text not null,
  max_age {int},
  login_hint text,
  locale text,
  created_at {int} not null,
  expires_at {int} not null,
  answered_by text,
  completed_at {int}
) {strict};
create index authorization_transaction_by_expiry on authorization_transaction (expires_at);

create table oauth_grant (
  id text primary key,
  kind text not null check (kind in ('authorization_code', 'implicit', 'password')),
  user_id text not null references user_account (id),
  client_id text not null references client (id),
  scope text not null,
  spelling text not null,
  user_epoch {int} not null,
  client_epoch {int} not null,
  connection_epoch {int} not null,
  instance_epoch {int} not null,
  authenticated_at {int} not null,
  created_at {int} not null,
  expires_at {int} not null,
  ended_at {int},
  end_reason text
) {strict};
create index oauth_grant_by_user on oauth_grant (user_id, client_id);
create index oauth_grant_by_client on oauth_grant (client_id);
create index oauth_grant_by_expiry on oauth_grant (expires_at);

create table authorization_code (
  lookup_id text primary key,
  digest {bytes} not null,
  client_id text not null references client (id),
  user_id text not null references user_account (id),
  redirect_uri text not null,
  redirect_uri_sent {int} not null,
  scope text not null,
  spelling text not null,
  code_challenge text,
  user_epoch {int} not null,
  client_epoch {int} not null,
  connection_epoch {int} not null,
  instance_epoch {int} not null,
  authenticated_at {int} not null,
  created_at {int} not null,
  expires_at {int} not null,
  used_at {int},
  grant_id text
) {strict};
create index authorization_code_by_expiry on authorization_code (expires_at);

create table access_token (
  lookup_id text primary key,
  digest {bytes} not null,
  grant_id text not null references oauth_grant (id),
  scope text not null,
  created_at {int} not null,
  expires_at {int} not null
) {strict};
create index access_token_by_grant on access_token (grant_id);
create index access_token_by_expiry on access_token (expires_at);

create table refresh_token (
  lookup_id text primary key,
  digest {bytes} not null,
  grant_id text not null references oauth_grant (id),
  client_id text not null,
  generation {int} not null,
  created_at {int} not null,
  expires_at {int} not null,
  rotated_at {int},
  request text,
  successor_id text,
  answer {bytes},
  repeat_until {int}
) {strict};
create index refresh_token_by_grant on refresh_token (grant_id);
create index refresh_token_by_expiry on refresh_token (expires_at);
create index refresh_token_by_repeat on refresh_token (repeat_until);

-- Things that count once (assertion ids, DPoP proofs, one-time passwords): whoever inserts the row wins.
create table single_use (
  kind text not null,
  issuer text not null,
  value text not null,
  expires_at {int} not null,
  primary key (kind, issuer, value)
) {strict};
create index single_use_by_expiry on single_use (expires_at);

-- What was shown, word for word; one row per text, shared by everybody who saw it.
create table notice (
  id text primary key,
  client_id text not null references client (id),
  scope text not null,
  locale text not null,
  required {int} not null,
  recipient text not null,
  purpose text not null,
  items text not null,
  retention text not null,
  refusal_effect text not null,
  terms text not null,
  wording text not null,
  created_at {int} not null
) {strict};
create index notice_by_client on notice (client_id);

create table consent_event (
  id text primary key,
  at {int} not null,
  user_id text not null,
  client_id text not null references client (id),
  scope text not null,
  action text not null check (action in ('GRANT', 'DENY', 'WITHDRAW', 'EXPIRE')),
  basis text not null check (basis in ('THIRD_PARTY', 'SENSITIVE', 'OWN_SERVICE')),
  notice_id text references notice (id),
  kinds text not null,
  expires_at {int},
  actor text not null,
  ip text,
  user_agent text,
  request_id text,
  ticket_id text
) {strict};
create index consent_event_by_user on consent_event (user_id, client_id, at);
create index consent_event_by_client on consent_event (client_id, at);

create table consent_item (
  user_id text not null references user_account (id),
  client_id text not null references client (id),
  scope text not null,
  state text not null check (state in ('GIVEN', 'REFUSED', 'WITHDRAWN')),
  terms text not null,
  kinds text not null,
  event_id text not null references consent_event (id),
  since {int} not null,
  expires_at {int},
  primary key (user_id, client_id, scope)
) {strict};

-- An audit row names its subject by a reference; forgetting the reference leaves the chain whole.
create table audit_subject (
  ref text primary key,
  user_id text not null unique
) {strict};

create table audit_event (
  id text primary key,
  at {int} not null,
  action text not null,
  outcome text not null check (outcome in ('ok', 'refused')),
  actor_kind text not null,
  actor_ref text,
  subject_ref text,
  client_id text,
  grant_id text,
  ip text,
  user_agent text,
  request_id text,
  reason text,
  sequence {int} unique,
  hash text
) {strict};
create index audit_event_by_subject on audit_event (subject_ref, at);
create index audit_event_by_client on audit_event (client_id, at);
create index audit_event_unsealed on audit_event (id) where sequence is null;

-- One row: the end of the chain. Its conditional update decides which sealer links the next rows.
create table audit_chain (
  id {int} primary key check (id = 1),
  sequence {int} not null,
  hash text not null
) {strict};
insert into audit_chain (id, sequence, hash) values (1, 0, '');

create table access_ledger (
  id text primary key,
  at {int} not null,
  user_id text not null,
  client_id text not null,
  grant_id text not null,
  what text not null,
  detail text not null,
  row_count {int} not null,
  request_id text
) {strict};
create index access_ledger_by_user on access_ledger (user_id, at);

create table device_credential (
  id text primary key,
  device_muid text not null,
  kind text not null check (kind in ('FACTORY', 'DERIVED')),
  grant_id text,
  digest {bytes} not null,
  created_at {int} not null,
  ended_at {int}
) {strict};
create index device_credential_by_device on device_credential (device_muid);

create table device_holding (
  id text primary key,
  device_muid text not null,
  user_id text not null references user_account (id),
  nickname text not null,
  held_from {int} not null,
  held_until {int}
) {strict};
create index device_holding_by_device on device_holding (device_muid, held_from);
create index device_holding_by_user on device_holding (user_id);

create table health_share (
  id text primary key,
  owner_id text not null references user_account (id),
  grantee_id text not null references user_account (id),
  root_code text not null,
  client_id text,
  created_at {int} not null,
  expires_at {int} not null,
  ended_at {int}
) {strict};
create index health_share_by_grantee on health_share (grantee_id, owner_id);
create index health_share_by_owner on health_share (owner_id);

create table job (
  id text primary key,
  kind text not null,
  payload text not null,
  run_at {int} not null,
  leased_until {int} not null default 0,
  lease text,
  attempts {int} not null default 0,
  created_at {int} not null,
  done_at {int},
  last_error text
) {strict};
create index job_by_time on job (run_at) where done_at is null;

create table signing_key (
  kid text primary key,
  alg text not null,
  public_jwk text not null,
  sealed_private {bytes} not null,
  key_id text not null,
  created_at {int} not null,
  retired_at {int},
  published_until {int}
) {strict};
`,
} as const;
