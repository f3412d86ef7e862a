import {
  type ContentProblem,
  contentProblems,
  normalContent,
  type Warning,
  contentWarnings as warningsOf,
} from '#contracts/console';
import { no, ok, type Result, sha256Base64url } from '#kernel';
import type { ClientContent } from './ports/index.ts';

/** As the contracts' schemas have it, whose lists may be written to. */
export const plainContent = (content: ClientContent) => ({
  type: content.type,
  name: content.name,
  description: content.description,
  requirePkce: content.requirePkce,
  redirectUris: [...content.redirectUris],
  scopes: content.scopes.map((scope) => ({ ...scope })),
  methods: [...content.methods],
});

/**
 * Checks a whole registration: the resulting object, never the difference to an earlier one (SC-11, SC-12). The rules are
 * the contracts', which the console's form applies too; this is where they count.
 */
export function checkContent(input: ClientContent): Result<ClientContent, readonly ContentProblem[]> {
  const content = normalContent(plainContent(input));
  const problems = contentProblems(content);
  return problems.length === 0 ? ok(content) : no(problems);
}

/** What a decision is about: the same content gives the same hash, whatever the order of its lists (WB-14). */
export function contentHash(content: ClientContent): string {
  const { type, name, description, requirePkce, redirectUris, scopes, methods } = content;
  const sortedScopes = scopes
    .toSorted((a, b) => a.scope.localeCompare(b.scope, 'en'))
    .map((one) => [one.scope, one.level, one.purpose, one.retention, one.refusalEffect]);
  return sha256Base64url(
    JSON.stringify([type, name, description, requirePkce, redirectUris.toSorted(), sortedScopes, methods.toSorted()]),
  );
}

/** Registered all the same, but worth a word (platform contract, section 9). */
export const contentWarnings = (content: ClientContent): readonly Warning[] => warningsOf(plainContent(content));
