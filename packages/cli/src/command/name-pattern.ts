/** Whether it is more than a name: neither topics nor, as a rule, groups have `*` or `?` in theirs. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text);
}

/** What matches a name: `*` stands for anything, `?` for one character, the rest for itself. */
export function namePattern(text: string): (name: string) => boolean {
  const source = text
    // Runs of stars match what one matches, and would make the matching slow.
    .replace(/\*+/g, '*')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.test(name);
}
