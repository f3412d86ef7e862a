import { hash } from 'node:crypto';
import type { Locale, ScopeName } from '#kernel';
import { FIELDS, fieldNames } from './fields.ts';
import type { ConsentClient, Notice } from './ports/index.ts';
import { defaultPurpose, defaultRefusal, defaultRetention, WORDING } from './words.ts';

type ScopeTerms = ConsentClient['scopes'][number];

/** What the user agrees to for one scope, without any words: enough to decide whether to ask. */
export interface Terms {
  readonly scope: ScopeName;
  readonly required: boolean;
  readonly terms: string;
}

/**
 * The five items of 개인정보 보호법 제17조제2항 in one language. What the developer wrote stands as it is in both
 * languages; the platform's defaults are written in each.
 */
export function noticeFor(client: ConsentClient, of: ScopeTerms, locale: Locale): Notice {
  const required = of.level === 'REQUIRED';
  return {
    scope: of.scope,
    locale,
    required,
    recipient: client.ownerName,
    purpose: of.purpose || defaultPurpose(of.scope, locale),
    items: fieldNames(of.scope, locale),
    retention: of.retention || defaultRetention(locale),
    refusalEffect: of.refusalEffect || defaultRefusal(required, locale),
    terms: termsOf(client, of).terms,
    wording: WORDING,
  };
}

/**
 * The terms change when one of the five items does (then the law asks for a new notice and a new consent), and with
 * nothing else: not with the language, the wording around them, or the app's name.
 */
export function termsOf(client: Pick<ConsentClient, 'ownerName'>, of: ScopeTerms): Terms {
  const required = of.level === 'REQUIRED';
  const content = [
    1,
    of.scope,
    client.ownerName,
    of.purpose,
    FIELDS[of.scope],
    of.retention,
    of.refusalEffect,
    required,
  ];
  return { scope: of.scope, required, terms: hash('sha256', JSON.stringify(content), 'hex') };
}
