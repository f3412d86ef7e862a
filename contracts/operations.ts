import type { TSchema } from 'typebox';
import {
  AddDevice,
  DataQuery,
  DeviceItem,
  DevicePage,
  DevicePageQuery,
  DevicePath,
  FieldPath,
  FindDeviceQuery,
  M2mError,
  ManyInstances,
  NewContentInstance,
  OneInstance,
  RenameDevice,
} from './devices.ts';
import { ApiErrorBody } from './errors.ts';
import { HealthPage, HealthQuery, SharedHealthQuery } from './health.ts';
import { UserMe } from './profile.ts';

/** One operation of the open API, for OpenAPI and for the tests that try every route as every caller. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** As in the route table: `:name` for a parameter. */
  readonly path: string;
  /** The scope of a bearer token, or a device's own secret in `X-M2M-Origin`. */
  readonly needs: 'PROFILE' | 'DEVICE' | 'HEALTH' | 'device secret';
  readonly summary: string;
  readonly params?: TSchema;
  readonly query?: TSchema;
  readonly body?: TSchema;
  readonly status: 200 | 201;
  readonly answer: TSchema;
  readonly error: TSchema;
}

const bearer = { status: 200, error: ApiErrorBody } as const;
const device = { needs: 'device secret', params: FieldPath, error: M2mError } as const;
const FIELD = '/Mobius/:deviceMuid/fields/:field';

/** The open APIs behind PROFILE, DEVICE and HEALTH, and the device data server. */
export const OPERATIONS: readonly Operation[] = [
  {
    ...bearer,
    method: 'GET',
    path: '/user/me',
    needs: 'PROFILE',
    summary: 'The profile of the user.',
    answer: UserMe,
  },
  {
    ...bearer,
    method: 'GET',
    path: '/v1/devices',
    needs: 'DEVICE',
    summary: 'The user’s devices, newest first.',
    query: DevicePageQuery,
    answer: DevicePage,
  },
  {
    ...bearer,
    method: 'POST',
    path: '/v1/devices',
    needs: 'DEVICE',
    summary: 'Add a device to the user’s account.',
    body: AddDevice,
    answer: DeviceItem,
  },
  {
    ...bearer,
    method: 'GET',
    path: '/v1/devices/find-device-by-serial',
    needs: 'DEVICE',
    summary: 'Find a device by product and serial number.',
    query: FindDeviceQuery,
    answer: DeviceItem,
  },
  {
    ...bearer,
    method: 'PUT',
    path: '/v1/devices/:deviceMuid',
    needs: 'DEVICE',
    summary: 'Rename a device of the user.',
    params: DevicePath,
    body: RenameDevice,
    answer: DeviceItem,
  },
  {
    ...bearer,
    method: 'DELETE',
    path: '/v1/devices/:deviceMuid',
    needs: 'DEVICE',
    summary: 'Remove a device from the user’s account.',
    params: DevicePath,
    answer: DeviceItem,
  },
  {
    ...bearer,
    method: 'GET',
    path: '/v1/health',
    needs: 'HEALTH',
    summary: 'The user’s own health data of one root code.',
    query: HealthQuery,
    answer: HealthPage,
  },
  {
    ...bearer,
    method: 'GET',
    path: '/v1/shared-health',
    needs: 'HEALTH',
    summary: 'Health data that somebody else shares with the user.',
    query: SharedHealthQuery,
    answer: HealthPage,
  },
  {
    ...device,
    method: 'POST',
    path: FIELD,
    summary: 'A device sends a value.',
    body: NewContentInstance,
    status: 201,
    answer: OneInstance,
  },
  {
    ...device,
    method: 'GET',
    path: FIELD,
    summary: 'What was sent between two times.',
    query: DataQuery,
    status: 200,
    answer: ManyInstances,
  },
  {
    ...device,
    method: 'GET',
    path: `${FIELD}/latest`,
    summary: 'What was sent last.',
    status: 200,
    answer: OneInstance,
  },
];
