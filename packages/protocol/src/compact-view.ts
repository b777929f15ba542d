/**
 * `view`, or a copy of it when keeping the view would keep more than twice its bytes in memory. For whoever keeps
 * bytes of a frame longer than its request takes: a frame is a view on what the socket delivered, which may be 64 KiB for
 * the sake of a record of 100 bytes.
 */
export function compactView(view: Buffer): Buffer {
  if (view.buffer.byteLength <= 2 * view.length) return view;
  // Not `Buffer.from`: it takes small buffers from a shared pool, which the copy would then keep.
  const copy = Buffer.allocUnsafeSlow(view.length);
  view.copy(copy);
  return copy;
}
