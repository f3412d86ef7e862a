/**
 * What the console needs beside the first schema: which version waits, what a version was compared with, and what
 * developers are told of decisions. The index of grants by client also answers when a client was last used.
 */
export const developer = {
  name: '0002-developer',
  sql: `
alter table client add column pending_version {int};
update client set pending_version = newest_version where status = 'PENDING';
create index client_by_pending on client (pending_version) where pending_version is not null;

alter table client_version add column base_version {int};

-- 1, 2, 3 … within a client: two decisions of one millisecond have an order, too.
alter table review_decision add column sequence {int} not null default 0;

-- One row per decision about a client; mailed_at is set by whoever sends it by e-mail.
create table developer_notice (
  id text primary key,
  user_id text not null references user_account (id),
  client_id text not null references client (id),
  decision_id text not null references review_decision (id),
  kind text not null,
  reason text not null,
  created_at {int} not null,
  read_at {int},
  mailed_at {int}
) {strict};
create index developer_notice_by_user on developer_notice (user_id, id);
create index developer_notice_unmailed on developer_notice (id) where mailed_at is null;

drop index oauth_grant_by_client;
create index oauth_grant_by_client on oauth_grant (client_id, created_at);
create index consent_item_by_client on consent_item (client_id, user_id);
`,
} as const;
