import { MemoryMetadataStore } from './memory-metadata-store.ts';
import { runMetadataStoreConformance } from './metadata-store.conformance.ts';

runMetadataStoreConformance({
  name: 'memory',
  create: () => new MemoryMetadataStore(),
  isDurable: false,
  skip: { 'all survives a reopening': 'what it holds lives as long as the object' },
});
