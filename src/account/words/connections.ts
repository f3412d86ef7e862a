import type { Locale } from '#kernel';
import { connectionsEn } from './connections-en.ts';
import { connectionsKo } from './connections-ko.ts';

/** Both languages have every text; the shape is the Korean one's. */
export type ConnectionWords = typeof connectionsKo;

export const connectionWords = (locale: Locale): ConnectionWords => (locale === 'ko' ? connectionsKo : connectionsEn);
