/** What an endpoint answers; the edge adds no-store and the security headers. Errors are thrown as OAuthError. */
export interface EndpointAnswer {
  readonly status: number;
  /** Sent as JSON; absent for an empty answer. */
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export const json = (body: object): EndpointAnswer => ({ status: 200, body });
