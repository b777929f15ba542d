export * from './clock.ts';
export * from './log-store.ts';
export * from './metadata-store.ts';
