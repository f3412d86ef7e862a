import {
  checkEmail,
  type EmailProblem,
  foldEmail,
  type Gender,
  newUserMuid,
  no,
  ok,
  type Result,
  type Role,
} from '#kernel';
import { checkLoginId, foldLoginId, type LoginIdProblem } from './login-id.ts';
import { checkNewPassword, type PasswordProblem } from './password-policy.ts';
import { type BirthdayProblem, checkBirthday, checkName, type NameProblem, tidyBirthday, tidyName } from './person.ts';
import type { NewUser } from './ports/index.ts';

/** What is asked of somebody who wants an account, as it was typed. */
export interface Applicant {
  readonly loginId: string;
  readonly email: string;
  readonly name: string;
  /** Null where none is asked for (the command line, the first operator). */
  readonly birthday: string | null;
  readonly gender: Gender;
  readonly password: string;
  /** At sign-up: whether the box was ticked. Left out where nothing is asked. */
  readonly agreed?: boolean;
}

/** One problem per field, as a word; pages have the sentences. */
export interface ApplicantProblems {
  readonly loginId?: LoginIdProblem | 'taken';
  readonly email?: EmailProblem;
  readonly name?: NameProblem;
  readonly birthday?: BirthdayProblem;
  readonly password?: PasswordProblem;
  /** Only at sign-up: the collection of personal data was not agreed to. */
  readonly agree?: 'missing';
}

export type CheckedApplicant = Omit<NewUser, 'passwordHash'>;

/** Checks every field, so that a person sees all that is wrong at once. */
export async function checkApplicant(
  typed: Applicant,
  rules: { now: number; minimumAge: number; brand: string; reservedAllowed: boolean; roles: readonly Role[] },
  agreements: NewUser['agreements'],
): Promise<Result<CheckedApplicant, ApplicantProblems>> {
  const loginId = typed.loginId.trim();
  const email = typed.email.trim();
  const name = tidyName(typed.name);
  const birthday = typed.birthday === null ? null : tidyBirthday(typed.birthday);
  const found: Found = {
    loginId: checkLoginId(loginId, rules),
    email: checkEmail(email),
    name: checkName(name),
    birthday: birthday === null ? null : checkBirthday(birthday, rules.now, rules.minimumAge),
    password: await checkNewPassword(typed.password, { loginId, email, name, brand: rules.brand }),
    agree: typed.agreed === false ? 'missing' : null,
  };
  if (Object.values(found).some((problem) => problem !== null)) return no(onlyProblems(found));
  const roles = ['user' as const, ...rules.roles.filter((role) => role !== 'user')];
  return ok({
    id: newUserMuid(),
    loginId,
    loginIdFolded: foldLoginId(loginId),
    name,
    email,
    emailFolded: foldEmail(email),
    gender: typed.gender,
    birthday,
    roles,
    agreements,
  });
}

type Found = { readonly [Field in keyof ApplicantProblems]-?: NonNullable<ApplicantProblems[Field]> | null };

const onlyProblems = (found: Found): ApplicantProblems =>
  Object.fromEntries(Object.entries(found).filter(([, problem]) => problem !== null));
