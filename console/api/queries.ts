import type { AuditQuery, ClientQuery, UserQuery } from './contracts.ts';
import { queryOptions } from '@tanstack/react-query';
import { api } from './client.ts';

/** What pages read, by key; a mutation names the keys that it made stale. */
export const clientsQuery = queryOptions({ queryKey: ['clients'], queryFn: api.listClients });

export const clientQuery = (id: string) =>
  queryOptions({ queryKey: ['clients', id], queryFn: () => api.readClient(id) });

export const historyQuery = (id: string) =>
  queryOptions({ queryKey: ['clients', id, 'history'], queryFn: () => api.readClientHistory(id) });

export const noticesQuery = queryOptions({ queryKey: ['notices'], queryFn: api.listNotices });

export const queueQuery = queryOptions({ queryKey: ['review', 'queue'], queryFn: api.readReviewQueue });

export const caseQuery = (id: string) =>
  queryOptions({ queryKey: ['review', 'case', id], queryFn: () => api.readReviewCase(id) });

export const foundClientsQuery = (query: ClientQuery) =>
  queryOptions({ queryKey: ['review', 'clients', query], queryFn: () => api.findClients(query) });

export const usersQuery = (query: UserQuery) =>
  queryOptions({ queryKey: ['users', query], queryFn: () => api.findUsers(query) });

export const auditQuery = (query: AuditQuery) =>
  queryOptions({ queryKey: ['audit', query], queryFn: () => api.readAudit(query) });
