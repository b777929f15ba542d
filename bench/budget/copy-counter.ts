// Runs in the broker's process.

interface Copying {
  copy(...args: unknown[]): number;
}

/** What all kinds of typed arrays inherit. */
const typedArrays = Object.getPrototypeOf(Uint8Array.prototype) as Uint8Array;

/**
 * Counts the bytes that JavaScript has copied from one buffer to another, by every way that it has: each of them is a
 * method that can be replaced, and Node's own parts keep the originals, so that no copy is counted twice. What is not
 * seen is what native code copies: the system between the kernel and the process, V8 as it moves objects.
 */
export class CopyCounter {
  #bytes = 0;
  #restore: (() => void)[] = [];

  get bytes(): number {
    return this.#bytes;
  }

  start(): void {
    const counter = this;
    this.#replace(Buffer.prototype as unknown as Copying, 'copy', (copy) => {
      return function (this: Copying, ...args) {
        const copied = copy.apply(this, args);
        counter.#bytes += copied;
        return copied;
      };
    });
    this.#countSource(typedArrays, 'set');
    for (const name of ['slice', 'copyWithin'] as const) this.#countResult(typedArrays, name);
    this.#countResult(ArrayBuffer.prototype, 'slice');
    this.#countResult(Buffer, 'concat');
    this.#countResult(Buffer, 'copyBytesFrom');
    this.#countSource(Buffer, 'from');
  }

  stop(): void {
    for (const restore of this.#restore.splice(0)) restore();
  }

  /** Counts what the first argument holds, where that is an array of bytes. */
  #countSource<T extends object>(owner: T, name: keyof T): void {
    const counter = this;
    this.#replaceMethod(owner, name, (original) => {
      return function (this: unknown, ...args: unknown[]) {
        if (ArrayBuffer.isView(args[0])) counter.#bytes += args[0].byteLength;
        return original.apply(this, args);
      };
    });
  }

  /** Counts what the method gives: a new array; for `copyWithin`, which gives its own, that is the most it can be. */
  #countResult<T extends object>(owner: T, name: keyof T): void {
    const counter = this;
    this.#replaceMethod(owner, name, (original) => {
      return function (this: unknown, ...args: unknown[]) {
        const result = original.apply(this, args) as { byteLength: number };
        counter.#bytes += result.byteLength;
        return result;
      };
    });
  }

  #replaceMethod<T extends object>(owner: T, name: keyof T, around: (method: Method) => Method) {
    this.#replace(owner as Record<keyof T, Method>, name, around);
  }

  #replace<T extends object, K extends keyof T>(
    owner: T,
    name: K,
    around: (original: T[K]) => T[K],
  ): void {
    const before = Object.getOwnPropertyDescriptor(owner, name)!;
    const value = around(owner[name]);
    Object.defineProperty(owner, name, { ...before, value });
    this.#restore.push(() => Object.defineProperty(owner, name, before));
  }
}

type Method = (this: unknown, ...args: unknown[]) => unknown;
