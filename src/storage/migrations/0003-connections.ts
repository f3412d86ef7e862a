/**
 * A consent whose time is over has a state of its own, so the table with its list of states is made anew. What is due to
 * expire is found by an index of its own, and so is a user's record, newest first.
 */
export const connections = {
  name: '0003-connections',
  sql: `
alter table consent_item rename to consent_item_0001;
create table consent_item (
  user_id text not null references user_account (id),
  client_id text not null references client (id),
  scope text not null,
  state text not null check (state in ('GIVEN', 'REFUSED', 'WITHDRAWN', 'EXPIRED')),
  terms text not null,
  kinds text not null,
  -- The event that made the state. Taking back one kind of HEALTH leaves what was given, less of it.
  event_id text not null references consent_event (id),
  since {int} not null,
  expires_at {int},
  primary key (user_id, client_id, scope)
) {strict};
insert into consent_item (user_id, client_id, scope, state, terms, kinds, event_id, since, expires_at)
  select user_id, client_id, scope, state, terms, kinds, event_id, since, expires_at from consent_item_0001;
drop table consent_item_0001;
create index consent_item_by_expiry on consent_item (expires_at) where state = 'GIVEN' and expires_at is not null;

create index consent_event_record on consent_event (user_id, id);
`,
} as const;
