export * from './clock.ts';
export * from './log-store.ts';
export * from './manual-clock.ts';
export * from './metadata-store.ts';
