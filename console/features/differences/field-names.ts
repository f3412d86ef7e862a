import type { ContentField } from '../../api/contracts.ts';
import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';

/** What each field is called where a change of it is spoken of; the contract's own names where it has them. */
export const FIELD_NAMES: Readonly<Record<ContentField, MessageDescriptor>> = {
  name: msg`NAME`,
  description: msg`DESCRIPTION`,
  scopes: msg`API SCOPE`,
  methods: msg`AUTH METHODS`,
  redirectUris: msg`WEB SERVER REDIRECT URL`,
  type: msg`애플리케이션 유형`,
  requirePkce: msg`PKCE 필수`,
  level: msg`동의 단계`,
  purpose: msg`이용 목적`,
  retention: msg`보유·이용 기간`,
  refusalEffect: msg`거부 시 불이익`,
};
