import { lazy, Suspense, type ReactNode } from 'react';
import { Navigate, Route, Routes } from 'react-router';
import { DeveloperGate } from '../features/developer-gate/gate.tsx';
import { NotFound } from '../features/not-found/page.tsx';
import { Waiting } from '../ui/states.tsx';
import { Frame } from './frame.tsx';
import { useIs } from './session.tsx';

const page = (load: () => Promise<{ Page: () => ReactNode }>) => lazy(async () => ({ default: (await load()).Page }));

const Clients = page(() => import('../features/clients/page.tsx'));
const Register = page(() => import('../features/register/page.tsx'));
const Client = page(() => import('../features/client/page.tsx'));
const Overview = page(() => import('../features/client/overview.tsx'));
const Settings = page(() => import('../features/client/settings.tsx'));
const ClientReview = page(() => import('../features/client/review.tsx'));
const Messages = page(() => import('../features/messages/page.tsx'));
const Queue = page(() => import('../features/review-queue/page.tsx'));
const Case = page(() => import('../features/review-case/page.tsx'));
const FindClients = page(() => import('../features/find-clients/page.tsx'));
const Users = page(() => import('../features/users/page.tsx'));
const Audit = page(() => import('../features/audit/page.tsx'));

/** Which page stands at which address; the server knows the same list (`contracts/console/pages.ts`). */
export function App() {
  const isOperator = useIs('operator');
  const isDeveloper = useIs('developer');
  return (
    <Frame>
      <Suspense fallback={<Waiting />}>
        <Routes>
          <Route index element={<Navigate to={isOperator && !isDeveloper ? '/review' : '/clients'} replace />} />
          <Route element={<DeveloperGate />}>
            <Route path="clients" element={<Clients />} />
            <Route path="clients/new" element={<Register />} />
            <Route path="clients/:id" element={<Client />}>
              <Route index element={<Overview />} />
              <Route path="settings" element={<Settings />} />
              <Route path="review" element={<ClientReview />} />
            </Route>
            <Route path="messages" element={<Messages />} />
          </Route>
          {isOperator ? (
            <>
              <Route path="review" element={<Queue />} />
              <Route path="review/:id" element={<Case />} />
              <Route path="operator/clients" element={<FindClients />} />
              <Route path="operator/users" element={<Users />} />
              <Route path="operator/audit" element={<Audit />} />
            </>
          ) : null}
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </Frame>
  );
}
