/** Headers of every answer. `nonce` lets the page's own styles in; null for answers that are no page. */
export function securityHeaders(nonce: string | null): Readonly<Record<string, string>> {
  const page = [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ];
  return {
    "content-security-policy":
      nonce === null ? "default-src 'none'; frame-ancestors 'none'" : page.join("; "),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  };
}
