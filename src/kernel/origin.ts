/** The origin that browsers report for a page at a registered redirect URI; a scheme for private-use URIs. */
export function originOf(uri: string): string {
  const url = new URL(uri);
  return url.origin === 'null' ? url.protocol : url.origin;
}
