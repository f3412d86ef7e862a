import { badRequest, member } from '../numbers.ts';

export const NICKNAME_MOST = 64;

/** Controls and marks that turn or hide text: a name must read as it is. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A name as it is kept, or null where it can't be one. */
export function asNickname(text: string): string | null {
  const name = text.normalize('NFC').trim();
  return name === '' || [...name].length > NICKNAME_MOST || HIDDEN.test(name) ? null : name;
}

/** From a JSON body, in either of the two spellings that programs use. Null where it was left out; throws 400. */
export function nicknameFrom(json: unknown): string | null {
  const sent = member(json, 'deviceNickname') ?? member(json, 'deviceNickName');
  if (sent === undefined || sent === null) return null;
  const name = typeof sent === 'string' ? asNickname(sent) : null;
  if (name === null) throw badRequest(`deviceNickname must be text of at most ${NICKNAME_MOST} characters.`);
  return name;
}
