import type { OpenFile } from '../file-system.ts';
import { messageOf } from './disk-errors.ts';

/**
 * An open file with several users: a segment, the slices that are being streamed from it. It is closed when the
 * last of them lets go, so a slice can be read to its end although its log was deleted meanwhile.
 */
export class SharedFile {
  readonly file: OpenFile;
  #users = 1;
  readonly #onCloseError: (error: unknown) => void;

  /** Starts with one user, its maker. */
  constructor(file: OpenFile, onCloseError: (error: unknown) => void) {
    this.file = file;
    this.#onCloseError = onCloseError;
  }

  /** Of a file whose failure to be closed is told with its path. */
  static of(file: OpenFile, filePath: string, onNotice: (notice: string) => void): SharedFile {
    return new SharedFile(file, (error) =>
      onNotice(`${filePath} could not be closed: ${messageOf(error)}`),
    );
  }

  retain(): this {
    if (this.#users === 0) throw new Error('a file that was closed cannot be used again');
    this.#users++;
    return this;
  }

  release(): void {
    if (this.#users === 0) throw new Error('a file was released more often than it was retained');
    this.#users--;
    if (this.#users === 0) this.file.close().catch(this.#onCloseError);
  }
}
