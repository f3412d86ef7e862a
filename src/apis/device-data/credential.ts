import type { HttpRequest } from '#http';
import { ApiError, asDeviceMuid, sha256 } from '#kernel';
import { badRequest } from '../numbers.ts';
import type { DeviceKey } from '../ports/index.ts';

const SECRET = /^[0-9a-f]{32}$/;
const BEARER = /^bearer +([0-9a-f]{32})$/i;

/** 4103, the same words for an unknown device, a wrong secret, and a right that does not reach so far (CWE-204). */
export const noPrivilege = (): ApiError =>
  new ApiError(403, 'insufficient_scope', 'The originator has no privilege for this.', {
    reason: 'bad-client-credentials',
  });

/**
 * Who sends: the device's secret in `X-M2M-Origin`, or as a bearer token (TS-0009 §7.1). The secret's digest alone goes
 * further. Throws 400 without a request id or a secret, or with two; 403 for what can be no secret.
 */
export function deviceKey(request: HttpRequest): DeviceKey {
  if (request.header('x-m2m-ri') === undefined) throw badRequest('X-M2M-RI is needed.');
  const origin = request.header('x-m2m-origin');
  const authorization = request.header('authorization');
  if (origin === undefined && authorization === undefined) throw badRequest('X-M2M-Origin is needed.');
  if (origin !== undefined && authorization !== undefined) throw badRequest('The secret came in two ways.');
  const secret = origin ?? BEARER.exec(authorization ?? '')?.[1] ?? '';
  const device = asDeviceMuid(request.pathParams['deviceMuid'] ?? '');
  // RS-05: a repeated header arrives joined by commas and is no secret.
  if (device === null || !SECRET.test(secret)) throw noPrivilege();
  return { device, digest: sha256(secret) };
}
