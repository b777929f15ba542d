// For tests of what reads frames.

/** With its length before it. */
export function framed(body: Buffer): Buffer {
  const prefix = Buffer.alloc(4);
  prefix.writeInt32BE(body.length);
  return Buffer.concat([prefix, body]);
}

/** Sizes of the buffers that are made meanwhile. */
export function allocatedBy(work: () => void): number[] {
  const allocated: number[] = [];
  const original = Buffer.allocUnsafeSlow;
  Buffer.allocUnsafeSlow = (size: number) => {
    allocated.push(size);
    return original(size);
  };
  try {
    work();
  } finally {
    Buffer.allocUnsafeSlow = original;
  }
  return allocated;
}
