import type { ClientContent } from '../../api/contracts.ts';

/** The part of a client that its owner writes. */
export const contentOf = ({
  name,
  description,
  type,
  requirePkce,
  redirectUris,
  scopes,
  methods,
}: ClientContent): ClientContent => ({ name, description, type, requirePkce, redirectUris, scopes, methods });
