const LEGAL = /^[a-zA-Z0-9._-]+$/;
const MAX_LENGTH = 249;

/** Topics that hold a coordinator's state and that clients are told are internal. */
const INTERNAL = new Set(['__consumer_offsets', '__transaction_state', '__share_group_state']);

/** Null for a name that Kafka accepts, else one sentence on what is wrong (INVALID_TOPIC_EXCEPTION). */
export function topicNameProblem(name: string): string | null {
  if (name.length === 0) return 'Topic name is empty; it needs 1 to 249 characters.';
  if (name === '.' || name === '..') return `Topic name cannot be "${name}".`;
  if (name.length > MAX_LENGTH) {
    return `Topic name is ${name.length} characters long; at most ${MAX_LENGTH} are allowed.`;
  }
  if (!LEGAL.test(name)) {
    return `Topic name "${name}" is illegal: it may contain only ASCII letters, digits, ".", "_" and "-".`;
  }
  return null;
}

/** Names that differ only in dots and underscores collide, because metric names merge them. */
export function collisionKey(name: string): string {
  return name.replaceAll('.', '_');
}

export function isInternalTopic(name: string): boolean {
  return INTERNAL.has(name);
}
