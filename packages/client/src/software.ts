/** What this client calls itself in ApiVersions (KIP-511); the version is the package's own. */
export const software = { name: 'millrace', version: '0.1.0' } as const;
