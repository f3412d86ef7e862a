/**
 * Products, devices, what devices send, health data made of it, shares and who read what.
 *
 * The two tables that grow without end name people, devices and root codes by integers. One row of `health_observation`
 * is one measurement (all values of one root code), and its key is the question that is asked of it: newest first of one
 * person and root code, or a range of time. `{keyed}` keeps rows in the order of that key, so that ten neighbours are
 * read from one page however many rows there are.
 */
export const devices = {
  name: '0005-devices',
  sql: `
create table health_root (
  code text primary key,
  number {int} not null unique
) {strict};
insert into health_root (code, number) values
  ('CARDIO', 1), ('BLOOD_PRESSURE', 2), ('TEMP', 3), ('GLUCOSE', 4), ('PULS_OXIM', 5), ('SCALE', 6),
  ('SCALE_MEASUREMENT', 7), ('SPIROMETER', 8);

-- Bounds are decimal text: a choice of the platform, not of a standard. A parameter is retired, never removed.
create table parameter_catalogue (
  root_code text not null references health_root (code),
  name text not null,
  position {int} not null,
  kind text not null check (kind in ('NUMBER', 'CODE', 'SAMPLES')),
  unit text not null,
  ucum text,
  mdc {int},
  loinc text,
  minimum text,
  maximum text,
  retired_at {int},
  primary key (root_code, name)
) {strict};
insert into parameter_catalogue (root_code, name, position, kind, unit, ucum, mdc, loinc, minimum, maximum) values
  ('CARDIO', 'cadence', 1, 'NUMBER', 'rpm', '{rev}/min', 8454255, null, '0', '300'),
  ('CARDIO', 'distance', 2, 'NUMBER', 'm', 'm', 8454247, null, '0', '1000000'),
  ('CARDIO', 'speed', 3, 'NUMBER', 'm/s', 'm/s', 8454254, null, '0', '100'),
  ('CARDIO', 'energy_expended', 4, 'NUMBER', 'cal', 'cal', 8454263, null, '0', '50000000'),
  ('BLOOD_PRESSURE', 'systolic', 1, 'NUMBER', 'mmHg', 'mm[Hg]', 150021, '8480-6', '30', '300'),
  ('BLOOD_PRESSURE', 'diastolic', 2, 'NUMBER', 'mmHg', 'mm[Hg]', 150022, '8462-4', '10', '250'),
  ('BLOOD_PRESSURE', 'map', 3, 'NUMBER', 'mmHg', 'mm[Hg]', 150023, '8478-0', '20', '280'),
  ('BLOOD_PRESSURE', 'pulse', 4, 'NUMBER', 'beats/min', '/min', 149546, '8867-4', '10', '300'),
  ('TEMP', 'temperature', 1, 'NUMBER', '°C', 'Cel', 188424, '8310-5', '25', '45'),
  ('GLUCOSE', 'glucose', 1, 'NUMBER', 'mg/dL', 'mg/dL', 160184, '41653-7', '5', '2000'),
  ('GLUCOSE', 'glucose_ctxt_meal', 2, 'CODE', 'enumeration', null, 8417864, null, null, null),
  ('PULS_OXIM', 'pulse_oxime_sat_o2', 1, 'NUMBER', '%', '%', 150456, '59408-5', '0', '100'),
  ('PULS_OXIM', 'pulse_oxime_pleth', 2, 'SAMPLES', 'dimensionless', '1', 150452, null, null, null),
  ('SCALE', 'body_weight', 1, 'NUMBER', 'kg', 'kg', 188736, '29463-7', '0.5', '500'),
  ('SCALE', 'body_height', 2, 'NUMBER', 'cm', 'cm', 188740, '8302-2', '20', '260'),
  ('SCALE', 'body_mass_index', 3, 'NUMBER', 'kg/m²', 'kg/m2', 188752, '39156-5', '3', '200'),
  ('SCALE_MEASUREMENT', 'waist_circumference', 1, 'NUMBER', 'cm', 'cm', null, null, '20', '300'),
  ('SPIROMETER', 'fvc', 1, 'NUMBER', 'L', 'L', 188928, '19868-9', '0', '15'),
  ('SPIROMETER', 'fev1', 2, 'NUMBER', 'L', 'L', 152586, '20150-9', '0', '15'),
  ('SPIROMETER', 'pef', 3, 'NUMBER', 'L/s', 'L/s', 152584, null, '0', '30'),
  ('SPIROMETER', 'fef25', 4, 'NUMBER', 'L/s', 'L/s', 188964, null, '0', '30'),
  ('SPIROMETER', 'fef50', 5, 'NUMBER', 'L/s', 'L/s', 188968, null, '0', '30'),
  ('SPIROMETER', 'fef75', 6, 'NUMBER', 'L/s', 'L/s', 188972, null, '0', '30'),
  ('SPIROMETER', 'fef2575', 7, 'NUMBER', 'L/s', 'L/s', 188960, null, '0', '30'),
  ('SPIROMETER', 'fif25', 8, 'NUMBER', 'L/s', 'L/s', 188988, null, '0', '30'),
  ('SPIROMETER', 'fif50', 9, 'NUMBER', 'L/s', 'L/s', 188992, null, '0', '30'),
  ('SPIROMETER', 'fif75', 10, 'NUMBER', 'L/s', 'L/s', 188996, null, '0', '30');

create table product (
  id text primary key,
  owner_id text not null references user_account (id),
  status text not null check (status in ('PENDING', 'ACTIVE', 'REJECTED', 'SUSPENDED')),
  live_version {int},
  newest_version {int} not null,
  manifest_version {int} not null,
  created_at {int} not null,
  updated_at {int} not null
) {strict};
create index product_by_owner on product (owner_id, created_at);
create index product_by_status on product (status, created_at);

create table product_version (
  product_id text not null references product (id),
  version {int} not null,
  name text not null,
  model_code text not null,
  maker text not null,
  description text not null,
  image_uri text not null,
  info_image_uri text not null,
  buy_link text not null,
  size text not null,
  weight text not null,
  several_users {int} not null,
  content_hash text not null,
  review_state text not null check (review_state in ('PENDING', 'APPROVED', 'REJECTED', 'REPLACED')),
  created_at {int} not null,
  created_by text,
  primary key (product_id, version)
) {strict};
create index product_version_by_state on product_version (review_state, created_at);

create table product_decision (
  id text primary key,
  product_id text not null references product (id),
  version {int} not null,
  content_hash text not null,
  action text not null,
  from_status text not null,
  to_status text not null,
  decided_by text,
  decided_at {int} not null,
  reason text not null
) {strict};
create index product_decision_by_product on product_decision (product_id, decided_at);

-- A manifest never changes once written: data keeps the version that it was written under.
create table manifest (
  product_id text not null references product (id),
  version {int} not null,
  created_at {int} not null,
  created_by text,
  primary key (product_id, version)
) {strict};

create table manifest_field (
  product_id text not null,
  version {int} not null,
  name text not null,
  position {int} not null,
  description text not null,
  primary key (product_id, version, name)
) {strict};

-- CATALOGUE: a parameter of the catalogue under its own name; TIME: when it was measured; CUSTOM: kept and not understood.
create table manifest_parameter (
  product_id text not null,
  version {int} not null,
  field text not null,
  name text not null,
  position {int} not null,
  kind text not null check (kind in ('CATALOGUE', 'TIME', 'CUSTOM')),
  root_code text,
  unit text not null,
  minimum text,
  maximum text,
  primary key (product_id, version, field, name)
) {strict};

create table device (
  number {int} primary key,
  muid text not null unique,
  product_id text not null references product (id),
  serial_number text,
  mac_address text,
  enabled {int} not null default 1,
  holders {int} not null default 0,
  created_at {int} not null,
  modified_at {int} not null
) {strict};
create unique index device_by_serial on device (product_id, serial_number);
create index device_by_product on device (product_id, created_at);

alter table device_holding add column updated_at {int} not null default 0;
create unique index device_holding_living on device_holding (device_muid, user_id) where held_until is null;

alter table device_credential add column holding_id text;
create index device_credential_by_grant on device_credential (grant_id);
create index device_credential_by_digest on device_credential (digest);

create table health_subject (
  user_id text primary key references user_account (id),
  number {int} not null unique,
  created_at {int} not null
) {strict};

-- What devices sent, as they sent it. subject: whose it is, null where nobody held the device. marks: what was not understood.
create table device_instance (
  device {int} not null,
  field text not null,
  created_at {int} not null,
  tie {int} not null,
  subject {int},
  manifest {int} not null,
  measured_at {int},
  cnf text,
  con text not null,
  roots text not null,
  marks text not null,
  primary key (device, field, created_at, tie)
) {strict};

-- A post repeated under its Idempotency-Key finds what the first one made.
create table device_repeat (
  device {int} not null,
  key text not null,
  digest {bytes} not null,
  field text not null,
  created_at {int} not null,
  tie {int} not null,
  expires_at {int} not null,
  primary key (device, key)
) {strict};
create index device_repeat_by_expiry on device_repeat (expires_at);

create table health_observation (
  subject {int} not null,
  root {int} not null,
  measured_at {int} not null,
  tie {int} not null,
  device {int} not null,
  field text not null,
  received_at {int} not null,
  reading text not null,
  primary key (subject, root, measured_at, tie)
) {keyed};

-- Made anew: nothing wrote it yet. grantee_id is null where nobody has the login id that was typed in.
drop table health_share;
create table health_share (
  id text primary key,
  owner_id text not null references user_account (id),
  grantee_id text references user_account (id),
  grantee_login text not null,
  root_code text not null references health_root (code),
  created_at {int} not null,
  expires_at {int} not null,
  ended_at {int}
) {strict};
create index health_share_by_grantee on health_share (grantee_id, owner_id);
create index health_share_by_owner on health_share (owner_id, created_at);

-- The owner's separate consent that a share may reach one application of the other person: what was said, and to whom.
create table health_share_application (
  id text primary key,
  share_id text not null references health_share (id),
  client_id text not null references client (id),
  client_owner_id text not null,
  client_name text not null,
  recipient text not null,
  locale text not null,
  wording text not null,
  given_at {int} not null,
  ended_at {int}
) {strict};
create index health_share_application_by_share on health_share_application (share_id, client_id);

alter table access_ledger add column reader_id text;
create index access_ledger_by_reader on access_ledger (reader_id, at);
`,
} as const;
