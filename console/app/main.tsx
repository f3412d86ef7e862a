import type { Session } from '../api/contracts.ts';
import 'medbiz-tokens.css';
import '../ui/styles/index.css';
import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { ToastProvider } from '../ui/toast.tsx';
import { AriaLocale } from './aria-locale.tsx';
import { App } from './app.tsx';
import { Boundary } from './boundary.tsx';
import { activate } from './i18n.ts';
import { createQueries } from './queries.ts';
import { readSession, SESSION_KEY, SessionProvider } from './session.tsx';

const queries = createQueries();

/** The session says in which language to begin. Without one, the browser does; the page then says what went wrong. */
async function start(root: HTMLElement): Promise<void> {
  const session = await queries.query({ queryKey: SESSION_KEY, queryFn: readSession }).catch(() => null);
  await activate(session?.locale ?? (navigator.language.startsWith('en') ? 'en' : 'ko'));
  createRoot(root).render(
    <I18nProvider i18n={i18n}>
      <AriaLocale>
        <QueryClientProvider client={queries}>
          <Boundary>
            <ToastProvider>
              <BrowserRouter basename="/console">
                <SessionProvider>
                  <App />
                </SessionProvider>
              </BrowserRouter>
            </ToastProvider>
          </Boundary>
        </QueryClientProvider>
      </AriaLocale>
    </I18nProvider>,
  );
  if (session !== null) dress(session.brand);
}

/** The font comes after the first drawing, from where the login page has it, so it is often in the cache already. */
function dress({ icon, fontStylesheet }: Session['brand']): void {
  document.querySelector('link[rel=icon]')?.setAttribute('href', icon);
  if (fontStylesheet === null) return;
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = fontStylesheet;
  document.head.append(link);
}

const root = document.getElementById('root');
if (root !== null) await start(root);
