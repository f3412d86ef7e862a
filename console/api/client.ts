// Made by tools/generate-console-client.ts from contracts/console/endpoints.ts.
import type {
  AuditFilter,
  AuditPage,
  AuditQuery,
  ClientContent,
  ClientDeletion,
  ClientDetail,
  ClientEdit,
  ClientHistory,
  ClientList,
  ClientQuery,
  ConsentPreview,
  DeveloperAgreement,
  DeveloperTerms,
  Done,
  FoundClients,
  FoundUser,
  FoundUsers,
  MadeSecret,
  NewSecret,
  NoticeList,
  PreviewRequest,
  ReasonOnly,
  Registered,
  ReviewCase,
  ReviewDecision,
  ReviewQueue,
  RollbackRequest,
  SecretList,
  Session,
  ShowSecrets,
  UserQuery,
} from './contracts.ts';
import { call, urlFor } from './call.ts';

export const api = {
  /** Who is logged in, and the token for unsafe requests. */
  readSession: () => call<Session>('GET', '/session'),
  /** The terms for developers. */
  readDeveloperTerms: () => call<DeveloperTerms>('GET', '/developer-agreement'),
  /** Become a developer. */
  agreeToDeveloperTerms: (body: DeveloperAgreement) => call<Session>('POST', '/developer-agreement', { body }),
  /** The caller’s clients, by name. */
  listClients: () => call<ClientList>('GET', '/clients'),
  /** Register a client; it is PENDING at once. */
  registerClient: (body: ClientContent) => call<Registered>('POST', '/clients', { body }),
  /** One client. */
  readClient: (id: string) => call<ClientDetail>('GET', `/clients/${encodeURIComponent(id)}`),
  /** Edit: at once while PENDING or REJECTED, and where it only narrows; a change to be reviewed otherwise. */
  editClient: (id: string, body: ClientEdit) =>
    call<ClientDetail>('PUT', `/clients/${encodeURIComponent(id)}`, { body }),
  /** Delete, with the name typed; every grant ends. */
  deleteClient: (id: string, body: ClientDeletion) =>
    call<Done>('DELETE', `/clients/${encodeURIComponent(id)}`, { body }),
  /** Versions and decisions. */
  readClientHistory: (id: string) => call<ClientHistory>('GET', `/clients/${encodeURIComponent(id)}/history`),
  /** Take back the change that waits for review. */
  withdrawChange: (id: string) => call<ClientDetail>('POST', `/clients/${encodeURIComponent(id)}/withdraw-change`),
  /** Ask for an earlier approved version again: an edit with its content. */
  rollBackClient: (id: string, body: RollbackRequest) =>
    call<ClientDetail>('POST', `/clients/${encodeURIComponent(id)}/rollback`, { body }),
  /** The secrets with their values; written to the audit log. */
  showSecrets: (id: string, body: ShowSecrets) =>
    call<SecretList>('POST', `/clients/${encodeURIComponent(id)}/secrets/show`, { body }),
  /** Make another secret, or rotate. */
  makeSecret: (id: string, body: NewSecret) =>
    call<MadeSecret>('POST', `/clients/${encodeURIComponent(id)}/secrets`, { body }),
  /** End a secret at once. */
  endSecret: (id: string, secretId: string) =>
    call<Done>('DELETE', `/clients/${encodeURIComponent(id)}/secrets/${encodeURIComponent(secretId)}`),
  /** What the consent page would show. Stores nothing. */
  previewConsent: (body: PreviewRequest) => call<ConsentPreview>('POST', '/consent-preview', { body }),
  /** Messages about the caller’s clients. */
  listNotices: () => call<NoticeList>('GET', '/notices'),
  /** Mark a message as read. */
  readNotice: (id: string) => call<Done>('POST', `/notices/${encodeURIComponent(id)}/read`),
  /** What waits for a decision, oldest first. */
  readReviewQueue: () => call<ReviewQueue>('GET', '/review/queue'),
  /** Search all clients. */
  findClients: (query: ClientQuery) => call<FoundClients>('GET', '/review/clients', { query }),
  /** A client with what is proposed and what differs. */
  readReviewCase: (id: string) => call<ReviewCase>('GET', `/review/clients/${encodeURIComponent(id)}`),
  /** Approve or refuse what is proposed, with a verdict per scope. */
  decide: (id: string, body: ReviewDecision) =>
    call<ReviewCase>('POST', `/review/clients/${encodeURIComponent(id)}/decision`, { body }),
  /** Suspend: every grant ends at once. */
  suspendClient: (id: string, body: ReasonOnly) =>
    call<ReviewCase>('POST', `/review/clients/${encodeURIComponent(id)}/suspend`, { body }),
  /** Lift a suspension. */
  reinstateClient: (id: string, body: ReasonOnly) =>
    call<ReviewCase>('POST', `/review/clients/${encodeURIComponent(id)}/reinstate`, { body }),
  /** Make an earlier approved version live again. */
  rollBackReviewed: (id: string, body: RollbackRequest) =>
    call<ReviewCase>('POST', `/review/clients/${encodeURIComponent(id)}/rollback`, { body }),
  /** Search users by login id, name or e-mail; written to the audit log. */
  findUsers: (query: UserQuery) => call<FoundUsers>('GET', '/operator/users', { query }),
  /** Suspend a user: sessions and grants end at once. */
  suspendUser: (id: string, body: ReasonOnly) =>
    call<FoundUser>('POST', `/operator/users/${encodeURIComponent(id)}/suspend`, { body }),
  /** Lift a suspension. */
  reinstateUser: (id: string, body: ReasonOnly) =>
    call<FoundUser>('POST', `/operator/users/${encodeURIComponent(id)}/reinstate`, { body }),
  /** Give a role. */
  grantRole: (id: string, role: string) =>
    call<FoundUser>('POST', `/operator/users/${encodeURIComponent(id)}/roles/${encodeURIComponent(role)}`),
  /** Take a role away; the last operator keeps theirs. */
  revokeRole: (id: string, role: string) =>
    call<FoundUser>('DELETE', `/operator/users/${encodeURIComponent(id)}/roles/${encodeURIComponent(role)}`),
  /** The audit log, newest first. */
  readAudit: (query: AuditQuery) => call<AuditPage>('GET', '/operator/audit', { query }),
  /** The same as CSV; written to the audit log. */
  exportAuditUrl: (query: AuditFilter): string => urlFor('/operator/audit.csv', query),
};
