import type { Locale } from '#kernel';
import { securityEn } from './security-en.ts';
import { securityKo } from './security-ko.ts';

/** Both languages have every text; the shape is the Korean one's. */
export type SecurityWords = typeof securityKo;

export const securityWords = (locale: Locale): SecurityWords => (locale === 'ko' ? securityKo : securityEn);
