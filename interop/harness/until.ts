/**
 * Waits for something foreign programs bring about. There is no event to await across a process border, so the
 * condition is asked again every `everyMs`; it passes as soon as it holds and fails with `what` after `timeoutMs`.
 */
export async function until(
  what: string | (() => string),
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 60_000,
  everyMs = 50,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      const description = typeof what === 'string' ? what : what();
      throw new Error(`not within ${timeoutMs} ms: ${description}`);
    }
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
