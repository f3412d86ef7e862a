import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/**
 * A software authenticator, made by hand so that every part of its answer can be wrong on purpose: the refusals of
 * WebAuthn §7.1 and §7.2. What is right is judged by Chromium's own in tests/browser.
 */
export interface Authenticator {
  readonly credentialId: string;
  /** The credential of a registration, as the page's script posts it. */
  create(options: CreationOptions, wrong?: Wrong): string;
  get(options: RequestOptions, wrong?: Wrong): string;
  counter: number;
}

export interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
}

export interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

export interface Wrong {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
  /** User present, user verified. */
  readonly flags?: number;
  readonly algorithm?: number;
  readonly userHandle?: string | null;
  readonly credentialId?: string;
  readonly signature?: Buffer;
  readonly format?: string;
  /** Bytes put in front of the attestation object's end: endless CBOR. */
  readonly padding?: number;
}

const UP = 0x01;
const UV = 0x04;
const ATTESTED = 0x40;
export const PRESENT_ONLY = UP;

const b64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();

/** Only what attestation objects need: integers, byte and text strings, maps (RFC 8949). */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  if (typeof value === 'number') return value >= 0 ? head(0, value) : head(1, -1 - value);
  if (typeof value === 'string') return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const parts = [...value].flatMap(([key, of]) => [cbor(key), cbor(of as Parameters<typeof cbor>[0])]);
  return Buffer.concat([head(5, value.size), ...parts]);
}

function head(major: number, size: number): Buffer {
  const type = major << 5;
  if (size < 24) return Buffer.from([type | size]);
  if (size < 256) return Buffer.from([type | 24, size]);
  if (size < 65_536) return Buffer.from([type | 25, size >> 8, size & 255]);
  const bytes = Buffer.alloc(5);
  bytes[0] = type | 26;
  bytes.writeUInt32BE(size, 1);
  return bytes;
}

function coseKey(key: KeyObject, algorithm: number): Buffer {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  return cbor(
    new Map<number, unknown>([
      [1, 2],
      [3, algorithm],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]),
  );
}

export function softAuthenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = randomBytes(32);
  let handle: string | null = null;

  const counted = (counter: number): Buffer => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(counter);
    return bytes;
  };
  const clientData = (type: string, challenge: string, wrong: Wrong): Buffer =>
    Buffer.from(
      JSON.stringify({
        type: wrong.type ?? type,
        challenge: wrong.challenge ?? challenge,
        origin: wrong.origin ?? origin,
        crossOrigin: wrong.crossOrigin ?? false,
        ...(wrong.topOrigin === undefined ? {} : { topOrigin: wrong.topOrigin }),
      }),
    );

  return {
    credentialId: b64(id),
    counter: 0,

    create(options, wrong = {}) {
      handle = options.user.id;
      const credential = wrong.credentialId === undefined ? id : Buffer.from(wrong.credentialId, 'base64url');
      const length = Buffer.from([credential.length >> 8, credential.length & 255]);
      const authData = Buffer.concat([
        sha256(wrong.rpId ?? options.rp.id),
        Buffer.from([(wrong.flags ?? UP | UV) | ATTESTED]),
        counted(this.counter),
        // A make that is certified somewhere: nobody asked, and nobody may believe it.
        Buffer.from('ee882879721c491397753dfcce97072a', 'hex'),
        length,
        credential,
        coseKey(publicKey, wrong.algorithm ?? -7),
      ]);
      const statement = new Map<string, unknown>(wrong.padding ? [['x', Buffer.alloc(wrong.padding)]] : []);
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', wrong.format ?? 'none'],
          ['attStmt', statement],
          ['authData', authData],
        ]),
      );
      return JSON.stringify({
        id: b64(credential),
        rawId: b64(credential),
        type: 'public-key',
        response: {
          clientDataJSON: b64(clientData('webauthn.create', options.challenge, wrong)),
          attestationObject: b64(attestation),
          transports: ['internal'],
        },
      });
    },

    get(options, wrong = {}) {
      this.counter += 1;
      const authData = Buffer.concat([
        sha256(wrong.rpId ?? options.rpId),
        Buffer.from([wrong.flags ?? UP | UV]),
        counted(this.counter),
      ]);
      const data = clientData('webauthn.get', options.challenge, wrong);
      const signature = wrong.signature ?? sign('sha256', Buffer.concat([authData, sha256(data)]), privateKey);
      const userHandle = wrong.userHandle === undefined ? handle : wrong.userHandle;
      return JSON.stringify({
        id: wrong.credentialId ?? b64(id),
        rawId: wrong.credentialId ?? b64(id),
        type: 'public-key',
        response: {
          clientDataJSON: b64(data),
          authenticatorData: b64(authData),
          signature: b64(signature),
          ...(userHandle === null ? {} : { userHandle }),
        },
      });
    },
  };
}
