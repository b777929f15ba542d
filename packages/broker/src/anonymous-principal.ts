/** Who a client on a listener without authentication is. */
export const ANONYMOUS_PRINCIPAL = { type: 'User', name: 'ANONYMOUS' } as const;
