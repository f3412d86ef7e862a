import assert from 'node:assert/strict';
import type { Page } from './browser.ts';
import type { Json } from './world.ts';

/** An OAuth error in JSON: exactly this code, no-store, and nothing else but a sentence (RFC 6749 §5.2). */
export function assertOAuthError(answer: Json, status: number, error: string): void {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.equal(answer.body['error'], error);
  assert.equal(answer.headers.get('cache-control'), 'no-store');
  assert.deepEqual(Object.keys(answer.body).toSorted(), ['error', 'error_description']);
}

/** R0: our own page, no redirect, nothing of the request in it unescaped. */
export function assertOwnErrorPage(page: Page, status = 400): void {
  assert.equal(page.status, status, page.text.slice(0, 500));
  assert.equal(page.location, null);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  assert.match(page.headers.get('content-security-policy') ?? '', /frame-ancestors 'none'/);
}
