import type { LinguiConfig } from '@lingui/conf';

/** Korean stands in the source; English is written beside it, and the build fails where it is missing. */
const config: LinguiConfig = {
  sourceLocale: 'ko',
  locales: ['ko', 'en'],
  catalogs: [
    {
      path: '<rootDir>/locales/{locale}',
      include: ['<rootDir>/app', '<rootDir>/ui', '<rootDir>/features', '<rootDir>/api'],
    },
  ],
  orderBy: 'origin',
};

export default config;
