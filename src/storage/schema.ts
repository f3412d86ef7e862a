import type {
  ClientId,
  ClientMethod,
  ClientStatus,
  ClientType,
  Gender,
  GrantId,
  Role,
  ScopeLevel,
  UserMuid,
} from '#kernel';
import type { DeviceTables } from './schema-devices.ts';

/** The tables as Kysely sees them; `migrations/` makes them. Flags are 0 or 1, times are UTC milliseconds. */
export interface Database extends DeviceTables {
  instance: {
    id: number;
    epoch: number;
    created_at: number;
    master_key_check: string | null;
    operator_claimed_at: number | null;
    is_backup: number;
  };
  user_account: {
    id: UserMuid;
    login_id: string;
    name: string;
    gender: Gender;
    status: 'ACTIVE' | 'SUSPENDED' | 'CLOSED';
    epoch: number;
    drive_agreed_at: number | null;
    drive_quota_mb: number;
    created_at: number;
    updated_at: number;
    closed_at: number | null;
  };
  login_id: { folded: string; user_id: UserMuid; created_at: number };
  user_email: { user_id: UserMuid; email: string; folded: string; verified_at: number | null; created_at: number };
  user_birthday: { user_id: UserMuid; birthday: string };
  user_contact: { user_id: UserMuid; address: string | null; phone: string | null; updated_at: number };
  user_role: { user_id: UserMuid; role: Role; granted_at: number; granted_by: string | null };
  user_agreement: { user_id: UserMuid; kind: string; version: string; agreed_at: number };
  password: { user_id: UserMuid; hash: string; changed_at: number };
  login_session: {
    lookup_id: string;
    digest: Uint8Array;
    user_id: UserMuid;
    user_epoch: number;
    instance_epoch: number;
    created_at: number;
    authenticated_at: number;
    last_seen_at: number;
    expires_at: number;
    ended_at: number | null;
    ip: string | null;
    user_agent: string | null;
    methods: string;
    second_factor: number;
  };
  pending_login: {
    lookup_id: string;
    digest: Uint8Array;
    browser: Uint8Array;
    ticket_id: string | null;
    user_id: UserMuid;
    user_epoch: number;
    instance_epoch: number;
    tries: number;
    created_at: number;
    expires_at: number;
    ended_at: number | null;
  };
  totp_key: {
    id: string;
    user_id: UserMuid;
    sealed: Uint8Array;
    key_id: string;
    created_at: number;
    last_used_at: number | null;
  };
  totp_enrolment: {
    lookup_id: string;
    holder: Uint8Array;
    user_id: UserMuid;
    sealed: Uint8Array;
    key_id: string;
    created_at: number;
    expires_at: number;
  };
  passkey: {
    credential_id: string;
    user_id: UserMuid;
    public_key: Uint8Array;
    counter: number;
    transports: string;
    name: string;
    synced: number;
    created_at: number;
    last_used_at: number | null;
  };
  passkey_challenge: {
    lookup_id: string;
    kind: 'REGISTER' | 'LOGIN';
    holder: Uint8Array;
    user_id: UserMuid | null;
    created_at: number;
    expires_at: number;
  };
  recovery_code: { user_id: UserMuid; digest: string; created_at: number; used_at: number | null };
  operator_link: {
    lookup_id: string;
    digest: Uint8Array;
    created_at: number;
    expires_at: number;
    used_at: number | null;
  };
  backoff_counter: {
    kind: string;
    value: string;
    tries: number;
    window_started_at: number;
    blocked_until: number;
    updated_at: number;
  };
  organisation: {
    id: string;
    name: string;
    legal_name: string;
    registration_number: string | null;
    contact: string | null;
    verified_at: number | null;
    created_at: number;
  };
  client: {
    id: ClientId;
    owner_id: UserMuid;
    organisation_id: string | null;
    status: ClientStatus;
    epoch: number;
    live_version: number | null;
    newest_version: number;
    /** The version that waits for a decision. */
    pending_version: number | null;
    allow_password: number;
    allow_get_token: number;
    allow_implicit: number;
    allow_resource_server: number;
    created_at: number;
    updated_at: number;
    deleted_at: number | null;
  };
  client_version: {
    client_id: ClientId;
    version: number;
    type: ClientType;
    name: string;
    description: string;
    require_pkce: number;
    content_hash: string;
    review_state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'REPLACED' | 'WITHDRAWN';
    created_at: number;
    created_by: string | null;
    base_version: number | null;
  };
  client_version_redirect_uri: { client_id: ClientId; version: number; position: number; uri: string; origin: string };
  client_version_scope: {
    client_id: ClientId;
    version: number;
    scope: string;
    level: ScopeLevel;
    purpose: string;
    retention: string;
    refusal_effect: string;
    review_state: 'APPROVED' | 'REFUSED' | null;
  };
  client_version_method: { client_id: ClientId; version: number; method: ClientMethod };
  client_secret: {
    id: string;
    client_id: ClientId;
    name: string;
    digest: Uint8Array;
    sealed: Uint8Array | null;
    key_id: string;
    created_at: number;
    expires_at: number | null;
    last_used_at: number | null;
  };
  review_decision: {
    id: string;
    client_id: ClientId;
    version: number;
    content_hash: string;
    action: string;
    from_status: ClientStatus;
    to_status: ClientStatus;
    decided_by: UserMuid | null;
    decided_at: number;
    reason: string;
    sequence: number;
  };
  developer_notice: {
    id: string;
    user_id: UserMuid;
    client_id: ClientId;
    decision_id: string;
    kind: string;
    reason: string;
    created_at: number;
    read_at: number | null;
    mailed_at: number | null;
  };
  review_verdict: { decision_id: string; scope: string; verdict: 'APPROVED' | 'REFUSED'; reason: string };
  connection: {
    user_id: UserMuid;
    client_id: ClientId;
    epoch: number;
    connected_at: number;
    last_used_at: number | null;
  };
  authorization_transaction: {
    lookup_id: string;
    digest: Uint8Array;
    browser: Uint8Array | null;
    client_id: ClientId;
    redirect_uri: string;
    redirect_uri_sent: number;
    response_type: 'code' | 'token';
    response_mode: 'query' | 'fragment' | 'form_post';
    state: string | null;
    scope: string;
    spelling: string;
    code_challenge: string | null;
    prompt: string;
    max_age: number | null;
    login_hint: string | null;
    locale: 'ko' | 'en' | null;
    created_at: number;
    expires_at: number;
    answered_by: UserMuid | null;
    completed_at: number | null;
  };
  oauth_grant: {
    id: GrantId;
    kind: 'authorization_code' | 'implicit' | 'password';
    user_id: UserMuid;
    client_id: ClientId;
    scope: string;
    spelling: string;
    user_epoch: number;
    client_epoch: number;
    connection_epoch: number;
    instance_epoch: number;
    authenticated_at: number;
    created_at: number;
    expires_at: number;
    ended_at: number | null;
    end_reason: string | null;
  };
  authorization_code: {
    lookup_id: string;
    digest: Uint8Array;
    client_id: ClientId;
    user_id: UserMuid;
    redirect_uri: string;
    redirect_uri_sent: number;
    scope: string;
    spelling: string;
    code_challenge: string | null;
    user_epoch: number;
    client_epoch: number;
    connection_epoch: number;
    instance_epoch: number;
    authenticated_at: number;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    grant_id: GrantId | null;
  };
  access_token: {
    lookup_id: string;
    digest: Uint8Array;
    grant_id: GrantId;
    scope: string;
    created_at: number;
    expires_at: number;
  };
  refresh_token: {
    lookup_id: string;
    digest: Uint8Array;
    grant_id: GrantId;
    client_id: ClientId;
    generation: number;
    created_at: number;
    expires_at: number;
    rotated_at: number | null;
    request: string | null;
    successor_id: string | null;
    answer: Uint8Array | null;
    repeat_until: number | null;
  };
  single_use: { kind: string; issuer: string; value: string; expires_at: number };
  notice: {
    id: string;
    client_id: ClientId;
    scope: string;
    locale: string;
    required: number;
    recipient: string;
    purpose: string;
    items: string;
    retention: string;
    refusal_effect: string;
    terms: string;
    wording: string;
    created_at: number;
  };
  consent_event: {
    id: string;
    at: number;
    user_id: UserMuid;
    client_id: ClientId;
    scope: string;
    action: 'GRANT' | 'DENY' | 'WITHDRAW' | 'EXPIRE';
    basis: 'THIRD_PARTY' | 'SENSITIVE' | 'OWN_SERVICE';
    notice_id: string | null;
    kinds: string;
    expires_at: number | null;
    actor: string;
    ip: string | null;
    user_agent: string | null;
    request_id: string | null;
    ticket_id: string | null;
  };
  consent_item: {
    user_id: UserMuid;
    client_id: ClientId;
    scope: string;
    state: 'GIVEN' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED';
    terms: string;
    kinds: string;
    event_id: string;
    since: number;
    expires_at: number | null;
  };
  mail_link: {
    lookup_id: string;
    digest: Uint8Array;
    kind: 'RESET' | 'VERIFY';
    user_id: UserMuid;
    email_folded: string;
    user_epoch: number;
    instance_epoch: number;
    created_at: number;
    expires_at: number;
    used_at: number | null;
    ended_at: number | null;
  };
  job: {
    id: string;
    kind: string;
    payload: string;
    run_at: number;
    leased_until: number;
    lease: string | null;
    attempts: number;
    created_at: number;
    done_at: number | null;
    last_error: string | null;
  };
  audit_subject: { ref: string; user_id: string };
  audit_event: {
    id: string;
    at: number;
    action: string;
    outcome: 'ok' | 'refused';
    actor_kind: string;
    actor_ref: string | null;
    subject_ref: string | null;
    client_id: string | null;
    grant_id: string | null;
    ip: string | null;
    user_agent: string | null;
    request_id: string | null;
    reason: string | null;
    sequence: number | null;
    hash: string | null;
  };
  audit_chain: { id: number; sequence: number; hash: string };
  signing_key: {
    kid: string;
    alg: string;
    public_jwk: string;
    sealed_private: Uint8Array;
    key_id: string;
    created_at: number;
    retired_at: number | null;
    published_until: number | null;
  };
}
