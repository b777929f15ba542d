import { registerHooks } from 'node:module';

/** A line of the engine that is left out or changed, to see that the simulator notices. */
interface Mutation {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** Some thousand seeds find it, not those that run with the tests. */
  readonly isRare?: true;
}

/** By what the engine does then. */
export const MUTATIONS = {
  /** Records are acknowledged and shown to consumers before they are on the disk. */
  'publish-early': {
    file: 'local/log-writer.ts',
    from: 'if (isDue) await this.#sync();',
    to: 'if (isDue) this.#startFlushTimer();',
  },
  /** A sync beside the rounds that failed is not heard of. */
  'write-back-failure-not-heard': {
    file: 'local/log-writer.ts',
    from: 'this.#writeBackError = error;',
    to: 'this.#wroteBack({ end: this.#unsyncedStart!, records: 0 });',
    isRare: true,
  },
  /** A new segment's name may be lost when the power goes, and with it all records in it. */
  'roll-without-directory-sync': {
    file: 'local/next-segment.ts',
    from: `file = await openNew(request, filePath);
    await fileSystem.syncDirectory(directory);`,
    to: 'file = await openNew(request, filePath);',
  },
  /** What a crash has torn stays in the file, and the next batch is written over its beginning. */
  'torn-tail-not-cut': {
    file: 'local/log-loader.ts',
    from: 'await cutFile(file, content.sizeBytes);',
    to: '',
  },
  /** What a process left in the page cache is shown after a restart, although it is not on the disk. */
  'recovered-but-not-synced': {
    file: 'local/log-loader.ts',
    from: 'await rewriteSynced(file, knownBytes, content.sizeBytes);',
    to: '',
    isRare: true,
  },
  /** The same where a sync had failed: the system believes that what is in the page cache is on the disk. */
  'recovered-but-not-rewritten': {
    file: 'local/log-loader.ts',
    from: 'await rewriteSynced(file, knownBytes, content.sizeBytes);',
    to: 'await file.datasync();',
    isRare: true,
  },
  /** What a full disk made the last process cut off may come back behind what this one writes, or before its next segment. */
  'end-not-made-sure': {
    file: 'local/log-writer.ts',
    from: 'await cutFile((await this.#openFile()).file, segment.sizeBytes);',
    to: 'await this.#openFile();',
    isRare: true,
  },
  /** A producer whose append failed cannot send it again: its sequence numbers count as used. */
  'producers-not-undone': {
    file: 'local/local-log.ts',
    from: 'if (undo !== null) this.#producers.restore(undo.previous, undo.producerId);',
    to: '',
  },
  /** A retry is acknowledged although the batch that it repeats may still be lost. */
  'duplicate-answered-early': {
    file: 'local/local-log.ts',
    from: 'if (original.lastOffset < this.#highWatermark) return Promise.resolve(success);',
    to: 'return Promise.resolve(success);',
  },
  /** After a failed write what is torn stays in the file, and is in the way of the next batch when the power goes. */
  'repair-without-cut': {
    file: 'local/active-segment-repair.ts',
    from: 'await cutFile(file, from.position);',
    to: '',
  },
  /** A log takes records again before what was acknowledged and not synced when it failed is on the disk. */
  'repair-not-synced': {
    file: 'local/active-segment-repair.ts',
    from: 'await file.datasync();',
    to: '',
    isRare: true,
  },
  /** Records are gone for consumers before that is durable: after a crash they are back. */
  'log-start-not-kept': {
    file: 'local/log-start.ts',
    from: 'await this.#host.keepLogStart(start);',
    to: 'void this.#host.keepLogStart(start).catch(() => {});',
  },
  /** A compacted segment takes the place of others before it is on the disk. */
  'cleaned-not-synced': {
    file: 'local/log-cleaning.ts',
    from: 'await file.datasync();',
    to: '',
  },
  /** The names of a compacted segment may be lost when those of the segments that it replaces are gone. */
  'swap-not-synced': {
    file: 'local/segment-swap.ts',
    from: `  await fileSystem.syncDirectory(directory);
}

/** The log last. */`,
    to: '}',
    isRare: true,
  },
  /** Of the records of a key compaction removes the last one too. */
  'latest-record-removed': {
    file: 'compaction/compactor.ts',
    from: 'if (cursor.offset < this.#map.get(',
    to: 'if (cursor.offset <= this.#map.get(',
  },
  /** Tombstones go before consumers had the time to see them. */
  'tombstones-not-kept': {
    file: 'compaction/compactor.ts',
    from: 'newHorizonMs: nowMs + deleteRetentionMs,',
    to: 'newHorizonMs: nowMs,',
    isRare: true,
  },
} as const satisfies Record<string, Mutation>;

export type MutationName = keyof typeof MUTATIONS;

/** Those that a few hundred seeds find. */
export const FREQUENT_MUTATIONS = Object.entries<Mutation>(MUTATIONS)
  .filter(([, { isRare = false }]) => !isRare)
  .map(([name]) => name as MutationName);

/** Has the engine loaded with the mutation in it. To be called before anything of it is imported. */
export function breakEngine(name: MutationName): void {
  const { file, from, to }: Mutation = MUTATIONS[name];
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      if (!url.endsWith(`/src/${file}`)) return loaded;
      const source = String(loaded.source);
      if (!source.includes(from)) {
        throw new Error(`${file} has changed: the mutation ${name} does not find its place in it`);
      }
      return { ...loaded, source: source.replace(from, to) };
    },
  });
}
