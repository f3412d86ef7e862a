import type { ApplicantProblems } from '#identity';
import { GENDERS, ROLES } from '#kernel';
import { wordsFor } from '#signin';
import { systemAct } from '../act.ts';
import { Unable, UsageError } from '../failure.ts';
import { asJson, type Command, oneOf, readArgs, required, type Terminal } from './command.ts';
import { forgetFactors } from './user-factors.ts';
import { withInstallation } from './with-installation.ts';

export const user: Command = async ([action, ...args], terminal) => {
  if (action === 'create') return create(args, terminal);
  if (action === 'forget-factors') return forgetFactors(args, terminal);
  throw new UsageError('medbiz user can: create, forget-factors');
};

const create = async (args: readonly string[], terminal: Terminal): Promise<number> => {
  const { values } = readArgs(args, {
    'user-id': { type: 'string' },
    email: { type: 'string' },
    name: { type: 'string' },
    birthday: { type: 'string' },
    gender: { type: 'string', default: 'UNKNOWN' },
    role: { type: 'string', multiple: true, default: [] },
    'password-stdin': { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  });
  const applicant = {
    loginId: required(values['user-id'], '--user-id'),
    email: required(values.email, '--email'),
    name: required(values.name, '--name'),
    birthday: values.birthday ?? null,
    gender: oneOf(values.gender, GENDERS, '--gender'),
    roles: values.role.map((role) => oneOf(role, ROLES, '--role')),
  };
  // Never as an argument: everybody on the machine can read those.
  if (!values['password-stdin'])
    throw new UsageError('--password-stdin is needed; the password is read from standard input');
  const password = (await terminal.input()).replace(/\r?\n$/, '');

  return withInstallation(terminal, async ({ identity, config }) => {
    const made = await identity.createUser(systemAct(terminal.clock.now(), 'medbiz cli'), { ...applicant, password });
    if (!made.ok) throw new Unable(sentences(made.problem, config.minimumAge).join(' '));
    const { id, loginId, email, name, roles } = made.value;
    if (values.json) terminal.out(asJson({ userMuid: id, userId: loginId, email, name, roles }));
    else terminal.out(`${loginId} (${roles.join(', ')}) ${id}\n`);
    return 0;
  });
};

/** The sentences of the sign-up page, field by field. */
function sentences(problems: ApplicantProblems, minimumAge: number): string[] {
  const words = wordsFor('en').signup.problems;
  const { loginId, email, name, birthday, password } = problems;
  return [
    ...(loginId ? [words.loginId[loginId]] : []),
    ...(email ? [words.email[email]] : []),
    ...(name ? [words.name[name]] : []),
    ...(birthday ? [birthday === 'too-young' ? words.tooYoung(minimumAge) : words.birthday[birthday]] : []),
    ...(password ? [words.password[password]] : []),
  ];
}
