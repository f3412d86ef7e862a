import { useLingui } from '@lingui/react';
import type { ReactNode } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';

/** What the components say by themselves follows the console's language, not the browser's. */
export function AriaLocale({ children }: { children: ReactNode }) {
  const { i18n } = useLingui();
  return <I18nProvider locale={i18n.locale === 'ko' ? 'ko-KR' : 'en-GB'}>{children}</I18nProvider>;
}
