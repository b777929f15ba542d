import { join } from 'node:path';
import { runMetadataStoreConformance } from '../metadata-store.conformance.ts';
import { SqliteMetadataStore } from './sqlite-metadata-store.ts';

runMetadataStoreConformance({
  name: 'sqlite',
  create: (directory) => new SqliteMetadataStore({ path: join(directory, 'metadata.sqlite') }),
});
