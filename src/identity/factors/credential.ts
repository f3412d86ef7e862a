import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';

/** What a browser sends is far smaller; more is refused before anything is decoded (AC-25: huge CBOR). */
const MOST_CHARACTERS = 16 * 1024;
const BASE64URL = /^[A-Za-z0-9_-]+$/;
const TRANSPORT = /^[a-z-]{1,20}$/;

/** The parts of the client data that we look at ourselves, beside what the library checks. */
export interface ClientData {
  readonly challenge: string;
}

export interface Presented<Response> {
  readonly response: Response;
  readonly client: ClientData;
}

export async function readRegistration(text: string): Promise<Presented<RegistrationResponseJSON> | null> {
  const read = readCredential(text, ['clientDataJSON', 'attestationObject']);
  if (read === null) return null;
  const { id, fields, response } = read;
  const client = readClientData(fields['clientDataJSON'] ?? '');
  const attestationObject = fields['attestationObject'] ?? '';
  if (client === null || !(await isPlainAttestation(attestationObject))) return null;
  const transports = Array.isArray(response['transports'])
    ? response['transports'].filter((one): one is string => typeof one === 'string' && TRANSPORT.test(one)).slice(0, 8)
    : [];
  return {
    client,
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: { clientDataJSON: fields['clientDataJSON'] ?? '', attestationObject, transports },
    },
  };
}

export function readAssertion(text: string): Presented<AuthenticationResponseJSON> | null {
  const read = readCredential(text, ['clientDataJSON', 'authenticatorData', 'signature']);
  if (read === null) return null;
  const { id, fields, response } = read;
  const client = readClientData(fields['clientDataJSON'] ?? '');
  const { userHandle } = response;
  if (client === null) return null;
  return {
    client,
    response: {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: fields['clientDataJSON'] ?? '',
        authenticatorData: fields['authenticatorData'] ?? '',
        signature: fields['signature'] ?? '',
        ...(typeof userHandle === 'string' && BASE64URL.test(userHandle) ? { userHandle } : {}),
      },
    },
  };
}

/** The outer shape, made anew from the fields that are known: nothing else of what was sent goes any further. */
function readCredential(text: string, needed: readonly string[]) {
  const value = text.length > MOST_CHARACTERS ? null : parse(text);
  const response = isRecord(value) ? value['response'] : null;
  if (!isRecord(value) || !isRecord(response)) return null;
  const { id, rawId, type } = value;
  if (typeof id !== 'string' || !BASE64URL.test(id) || id.length > 1400 || id !== rawId || type !== 'public-key') {
    return null;
  }
  const fields: Record<string, string> = {};
  for (const name of needed) {
    const field = response[name];
    if (typeof field !== 'string' || !BASE64URL.test(field)) return null;
    fields[name] = field;
  }
  return { id, fields, response };
}

/** Null also for an answer made in a frame of another site's page, which no page of ours ever asks for (WebAuthn §7.1, step 10). */
function readClientData(base64url: string): ClientData | null {
  const data = parse(Buffer.from(base64url, 'base64url').toString('utf8'));
  if (!isRecord(data) || typeof data['challenge'] !== 'string') return null;
  if ((data['crossOrigin'] ?? false) !== false || data['topOrigin'] !== undefined) return null;
  return { challenge: data['challenge'] };
}

/**
 * We ask for no attestation and believe none: what it says about the make of a key (AAGUID, certificates) is neither
 * checked nor kept. Formats with certificates are refused unread, since browsers send none when none is asked for.
 */
async function isPlainAttestation(base64url: string): Promise<boolean> {
  // Loaded when the first passkey is made: it and what it brings along take 100 ms.
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers');
  try {
    const decoded = decodeAttestationObject(Uint8Array.from(Buffer.from(base64url, 'base64url')));
    const format = decoded.get('fmt');
    return format === 'none' || (format === 'packed' && decoded.get('attStmt').get('x5c') === undefined);
  } catch {
    return false;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
