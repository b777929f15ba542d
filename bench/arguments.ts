/** The number of `--name=N` on the command line. */
export function numberArgument(name: string, fallback: number): number {
  const prefix = `--${name}=`;
  const given = process.argv.find((argument) => argument.startsWith(prefix));
  if (given === undefined) return fallback;
  const value = Number(given.slice(prefix.length));
  if (!Number.isInteger(value) || value <= 0) {
    throw new Error(`${given}: a whole number above 0 was expected`);
  }
  return value;
}
