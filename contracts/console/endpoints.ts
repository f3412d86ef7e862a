import { type TObject, type TSchema, Type } from 'typebox';
import { ClientDeletion, ClientDetail, ClientEdit, ClientContent, ClientList, RollbackRequest } from './client.ts';
import { ClientHistory } from './history.ts';
import { NoticeList } from './notices.ts';
import { AuditFilter, AuditPage, AuditQuery, FoundUser, FoundUsers, UserQuery } from './operator.ts';
import { ConsentPreview, PreviewRequest } from './preview.ts';
import { ClientQuery, FoundClients, ReasonOnly, ReviewCase, ReviewDecision, ReviewQueue } from './review.ts';
import { MadeSecret, NewSecret, Registered, SecretList, ShowSecrets } from './secrets.ts';
import { DeveloperAgreement, DeveloperTerms, Session } from './session.ts';
import { closed, Done, Hex32, SortableId } from './shapes.ts';
import { ROLES } from './terms.ts';

/** Whom a route serves. `owner`: the developer who registered the client in the path; everybody else gets 404. */
export type Access = 'user' | 'developer' | 'owner' | 'operator';

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/api/v1`; `:name` segments are in `params`. */
  readonly path: string;
  readonly access: Access;
  readonly params?: TObject;
  readonly query?: TObject;
  readonly body?: TObject;
  /** The JSON body of a success; `text/csv` where null. */
  readonly answer: TSchema | null;
  readonly status: 200 | 201;
  readonly summary: string;
}

const client = closed({ id: Hex32 });
const user = closed({ id: Hex32 });

/** Every route of `/api/v1`. Server routes, OpenAPI, the console's client and the access table test come from here. */
export const ENDPOINTS = {
  readSession: {
    method: 'GET',
    path: '/session',
    access: 'user',
    answer: Session,
    status: 200,
    summary: 'Who is logged in, and the token for unsafe requests.',
  },
  readDeveloperTerms: {
    method: 'GET',
    path: '/developer-agreement',
    access: 'user',
    answer: DeveloperTerms,
    status: 200,
    summary: 'The terms for developers.',
  },
  agreeToDeveloperTerms: {
    method: 'POST',
    path: '/developer-agreement',
    access: 'user',
    body: DeveloperAgreement,
    answer: Session,
    status: 200,
    summary: 'Become a developer.',
  },
  listClients: {
    method: 'GET',
    path: '/clients',
    access: 'developer',
    answer: ClientList,
    status: 200,
    summary: 'The caller’s clients, by name.',
  },
  registerClient: {
    method: 'POST',
    path: '/clients',
    access: 'developer',
    body: ClientContent,
    answer: Registered,
    status: 201,
    summary: 'Register a client; it is PENDING at once.',
  },
  readClient: {
    method: 'GET',
    path: '/clients/:id',
    access: 'owner',
    params: client,
    answer: ClientDetail,
    status: 200,
    summary: 'One client.',
  },
  editClient: {
    method: 'PUT',
    path: '/clients/:id',
    access: 'owner',
    params: client,
    body: ClientEdit,
    answer: ClientDetail,
    status: 200,
    summary: 'Edit: at once while PENDING or REJECTED, and where it only narrows; a change to be reviewed otherwise.',
  },
  deleteClient: {
    method: 'DELETE',
    path: '/clients/:id',
    access: 'owner',
    params: client,
    body: ClientDeletion,
    answer: Done,
    status: 200,
    summary: 'Delete, with the name typed; every grant ends.',
  },
  readClientHistory: {
    method: 'GET',
    path: '/clients/:id/history',
    access: 'owner',
    params: client,
    answer: ClientHistory,
    status: 200,
    summary: 'Versions and decisions.',
  },
  withdrawChange: {
    method: 'POST',
    path: '/clients/:id/withdraw-change',
    access: 'owner',
    params: client,
    answer: ClientDetail,
    status: 200,
    summary: 'Take back the change that waits for review.',
  },
  rollBackClient: {
    method: 'POST',
    path: '/clients/:id/rollback',
    access: 'owner',
    params: client,
    body: RollbackRequest,
    answer: ClientDetail,
    status: 200,
    summary: 'Ask for an earlier approved version again: an edit with its content.',
  },
  showSecrets: {
    method: 'POST',
    path: '/clients/:id/secrets/show',
    access: 'owner',
    params: client,
    body: ShowSecrets,
    answer: SecretList,
    status: 200,
    summary: 'The secrets with their values; written to the audit log.',
  },
  makeSecret: {
    method: 'POST',
    path: '/clients/:id/secrets',
    access: 'owner',
    params: client,
    body: NewSecret,
    answer: MadeSecret,
    status: 201,
    summary: 'Make another secret, or rotate.',
  },
  endSecret: {
    method: 'DELETE',
    path: '/clients/:id/secrets/:secretId',
    access: 'owner',
    params: closed({ id: Hex32, secretId: SortableId }),
    answer: Done,
    status: 200,
    summary: 'End a secret at once.',
  },
  previewConsent: {
    method: 'POST',
    path: '/consent-preview',
    access: 'user',
    body: PreviewRequest,
    answer: ConsentPreview,
    status: 200,
    summary: 'What the consent page would show. Stores nothing.',
  },
  listNotices: {
    method: 'GET',
    path: '/notices',
    access: 'developer',
    answer: NoticeList,
    status: 200,
    summary: 'Messages about the caller’s clients.',
  },
  readNotice: {
    method: 'POST',
    path: '/notices/:id/read',
    access: 'developer',
    params: closed({ id: SortableId }),
    answer: Done,
    status: 200,
    summary: 'Mark a message as read.',
  },
  readReviewQueue: {
    method: 'GET',
    path: '/review/queue',
    access: 'operator',
    answer: ReviewQueue,
    status: 200,
    summary: 'What waits for a decision, oldest first.',
  },
  findClients: {
    method: 'GET',
    path: '/review/clients',
    access: 'operator',
    query: ClientQuery,
    answer: FoundClients,
    status: 200,
    summary: 'Search all clients.',
  },
  readReviewCase: {
    method: 'GET',
    path: '/review/clients/:id',
    access: 'operator',
    params: client,
    answer: ReviewCase,
    status: 200,
    summary: 'A client with what is proposed and what differs.',
  },
  decide: {
    method: 'POST',
    path: '/review/clients/:id/decision',
    access: 'operator',
    params: client,
    body: ReviewDecision,
    answer: ReviewCase,
    status: 200,
    summary: 'Approve or refuse what is proposed, with a verdict per scope.',
  },
  suspendClient: {
    method: 'POST',
    path: '/review/clients/:id/suspend',
    access: 'operator',
    params: client,
    body: ReasonOnly,
    answer: ReviewCase,
    status: 200,
    summary: 'Suspend: every grant ends at once.',
  },
  reinstateClient: {
    method: 'POST',
    path: '/review/clients/:id/reinstate',
    access: 'operator',
    params: client,
    body: ReasonOnly,
    answer: ReviewCase,
    status: 200,
    summary: 'Lift a suspension.',
  },
  rollBackReviewed: {
    method: 'POST',
    path: '/review/clients/:id/rollback',
    access: 'operator',
    params: client,
    body: RollbackRequest,
    answer: ReviewCase,
    status: 200,
    summary: 'Make an earlier approved version live again.',
  },
  findUsers: {
    method: 'GET',
    path: '/operator/users',
    access: 'operator',
    query: UserQuery,
    answer: FoundUsers,
    status: 200,
    summary: 'Search users by login id, name or e-mail; written to the audit log.',
  },
  suspendUser: {
    method: 'POST',
    path: '/operator/users/:id/suspend',
    access: 'operator',
    params: user,
    body: ReasonOnly,
    answer: FoundUser,
    status: 200,
    summary: 'Suspend a user: sessions and grants end at once.',
  },
  reinstateUser: {
    method: 'POST',
    path: '/operator/users/:id/reinstate',
    access: 'operator',
    params: user,
    body: ReasonOnly,
    answer: FoundUser,
    status: 200,
    summary: 'Lift a suspension.',
  },
  grantRole: {
    method: 'POST',
    path: '/operator/users/:id/roles/:role',
    access: 'operator',
    params: closed({ id: Hex32, role: Type.Enum([...ROLES]) }),
    answer: FoundUser,
    status: 200,
    summary: 'Give a role.',
  },
  revokeRole: {
    method: 'DELETE',
    path: '/operator/users/:id/roles/:role',
    access: 'operator',
    params: closed({ id: Hex32, role: Type.Enum([...ROLES]) }),
    answer: FoundUser,
    status: 200,
    summary: 'Take a role away; the last operator keeps theirs.',
  },
  readAudit: {
    method: 'GET',
    path: '/operator/audit',
    access: 'operator',
    query: AuditQuery,
    answer: AuditPage,
    status: 200,
    summary: 'The audit log, newest first.',
  },
  exportAudit: {
    method: 'GET',
    path: '/operator/audit.csv',
    access: 'operator',
    query: AuditFilter,
    answer: null,
    status: 200,
    summary: 'The same as CSV; written to the audit log.',
  },
} as const satisfies Record<string, Endpoint>;

export type EndpointName = keyof typeof ENDPOINTS;
