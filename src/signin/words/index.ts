import type { Locale } from '#kernel';
import { en } from './en.ts';
import { ko } from './ko.ts';

/** Both languages have every text; the shape is the Korean one's. */
export type Words = typeof ko;

export const wordsFor = (locale: Locale): Words => (locale === 'ko' ? ko : en);
