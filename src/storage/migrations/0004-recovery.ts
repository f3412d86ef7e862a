/** Links sent by mail, and an index over what the queue has done. */
export const recovery = {
  name: '0004-recovery',
  sql: `
-- One link: it proves that whoever holds it reads the mail of that address. ended_at: overtaken by a newer one, or by a
-- change of the password. The epochs are those of the moment it was made (DESIGN.md, Liveness).
create table mail_link (
  lookup_id text primary key,
  digest {bytes} not null,
  kind text not null check (kind in ('RESET', 'VERIFY')),
  user_id text not null references user_account (id),
  email_folded text not null,
  user_epoch {int} not null,
  instance_epoch {int} not null,
  created_at {int} not null,
  expires_at {int} not null,
  used_at {int},
  ended_at {int}
) {strict};
create index mail_link_by_user on mail_link (user_id, kind);
create index mail_link_by_expiry on mail_link (expires_at);

create index job_by_end on job (done_at) where done_at is not null;
`,
} as const;
