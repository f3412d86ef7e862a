import type { ClientId, DeviceMuid, ModelMuid, UserMuid } from '#kernel';

/** The tables of `0005-devices`, and what 0001 had for them already. */
export interface DeviceTables {
  health_root: { code: string; number: number };
  parameter_catalogue: {
    root_code: string;
    name: string;
    position: number;
    kind: 'NUMBER' | 'CODE' | 'SAMPLES';
    unit: string;
    ucum: string | null;
    mdc: number | null;
    loinc: string | null;
    minimum: string | null;
    maximum: string | null;
    retired_at: number | null;
  };
  product: {
    id: ModelMuid;
    owner_id: UserMuid;
    status: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'SUSPENDED';
    live_version: number | null;
    newest_version: number;
    manifest_version: number;
    created_at: number;
    updated_at: number;
  };
  product_version: {
    product_id: ModelMuid;
    version: number;
    name: string;
    model_code: string;
    maker: string;
    description: string;
    image_uri: string;
    info_image_uri: string;
    buy_link: string;
    size: string;
    weight: string;
    several_users: number;
    content_hash: string;
    review_state: 'PENDING' | 'APPROVED' | 'REJECTED' | 'REPLACED';
    created_at: number;
    created_by: string | null;
  };
  product_decision: {
    id: string;
    product_id: ModelMuid;
    version: number;
    content_hash: string;
    action: string;
    from_status: string;
    to_status: string;
    decided_by: UserMuid | null;
    decided_at: number;
    reason: string;
  };
  manifest: { product_id: ModelMuid; version: number; created_at: number; created_by: string | null };
  manifest_field: { product_id: ModelMuid; version: number; name: string; position: number; description: string };
  manifest_parameter: {
    product_id: ModelMuid;
    version: number;
    field: string;
    name: string;
    position: number;
    kind: 'CATALOGUE' | 'TIME' | 'CUSTOM';
    root_code: string | null;
    unit: string;
    minimum: string | null;
    maximum: string | null;
  };
  device: {
    number: number;
    muid: DeviceMuid;
    product_id: ModelMuid;
    serial_number: string | null;
    mac_address: string | null;
    enabled: number;
    holders: number;
    created_at: number;
    modified_at: number;
  };
  device_credential: {
    id: string;
    device_muid: DeviceMuid;
    kind: 'FACTORY' | 'DERIVED';
    grant_id: string | null;
    holding_id: string | null;
    digest: Uint8Array;
    created_at: number;
    ended_at: number | null;
  };
  device_holding: {
    id: string;
    device_muid: DeviceMuid;
    user_id: UserMuid;
    nickname: string;
    held_from: number;
    held_until: number | null;
    updated_at: number;
  };
  health_subject: { user_id: UserMuid; number: number; created_at: number };
  device_instance: {
    device: number;
    field: string;
    created_at: number;
    tie: number;
    subject: number | null;
    manifest: number;
    measured_at: number | null;
    cnf: string | null;
    con: string;
    roots: string;
    marks: string;
  };
  device_repeat: {
    device: number;
    key: string;
    digest: Uint8Array;
    field: string;
    created_at: number;
    tie: number;
    expires_at: number;
  };
  health_observation: {
    subject: number;
    root: number;
    measured_at: number;
    tie: number;
    device: number;
    field: string;
    received_at: number;
    reading: string;
  };
  health_share: {
    id: string;
    owner_id: UserMuid;
    grantee_id: UserMuid | null;
    grantee_login: string;
    root_code: string;
    created_at: number;
    expires_at: number;
    ended_at: number | null;
  };
  health_share_application: {
    id: string;
    share_id: string;
    client_id: ClientId;
    client_owner_id: UserMuid;
    client_name: string;
    recipient: string;
    locale: string;
    wording: string;
    given_at: number;
    ended_at: number | null;
  };
  access_ledger: {
    id: string;
    at: number;
    user_id: UserMuid;
    client_id: string;
    grant_id: string;
    what: string;
    detail: string;
    row_count: number;
    request_id: string | null;
    reader_id: UserMuid | null;
  };
}
