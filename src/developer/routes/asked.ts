import type { Static, TSchema } from 'typebox';
import type { Act } from '#audit';
import type { Access, ENDPOINTS, EndpointName } from '#contracts/console';
import type { Session } from '#identity';
import type { Locale, UserMuid } from '#kernel';
import type { OwnedClient } from '../ownership.ts';

/** Somebody who is logged in. */
export interface Member {
  readonly id: UserMuid;
  readonly session: Session;
  /** The session cookie's value; the token of unsafe requests is bound to it. */
  readonly cookie: string;
}

type Endpoints = typeof ENDPOINTS;

/** What a schema of the endpoint lets through; undefined where it has none. */
type Part<Endpoint, Key extends string> =
  Endpoint extends Readonly<Record<Key, infer Schema extends TSchema>> ? Static<Schema> : undefined;

type ClientFor<Of extends Access> = Of extends 'owner' ? OwnedClient : null;

/** A request after the whole pipeline: who asks may ask this, and every part of it has the shape that the contract says. */
export interface Asked<Name extends EndpointName> {
  readonly member: Member;
  readonly act: Act;
  readonly locale: Locale;
  readonly params: Part<Endpoints[Name], 'params'>;
  readonly query: Part<Endpoints[Name], 'query'>;
  readonly body: Part<Endpoints[Name], 'body'>;
  /** The caller's own client, where the route is about one. */
  readonly client: ClientFor<Endpoints[Name]['access']>;
}

/** CSV text where the contract has no schema. */
export type AnswerOf<Name extends EndpointName> = Endpoints[Name]['answer'] extends infer Schema extends TSchema
  ? Static<Schema>
  : string;

export type Handlers = { readonly [Name in EndpointName]: (asked: Asked<Name>) => Promise<AnswerOf<Name>> };
