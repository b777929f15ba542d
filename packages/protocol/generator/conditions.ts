import type { Message, Versions } from './schema.ts';

/** Source text of a condition on `version`, or what is known without asking. */
export type Condition = string | true | false;

/** Whether `version`, known to be in `within`, is in `versions`. */
export function inVersions(versions: Versions | null, within: Versions): Condition {
  if (versions === null) return false;
  const atLeast = versions.min > within.min;
  const atMost = versions.max < within.max;
  if (versions.max < within.min || versions.min > within.max) return false;
  if (atLeast && atMost) {
    return versions.min === versions.max
      ? `version === ${versions.min}`
      : `version >= ${versions.min} && version <= ${versions.max}`;
  }
  if (atLeast) return `version >= ${versions.min}`;
  if (atMost) return `version <= ${versions.max}`;
  return true;
}

/** Whether `version`, known to be in `within`, is flexible. */
export function isFlexible(message: Message, within: Versions): Condition {
  return inVersions({ min: message.flexibleVersion, max: Infinity }, within);
}

/** Both of two conditions. */
export function both(a: Condition, b: Condition): Condition {
  if (a === false || b === false) return false;
  if (a === true) return b;
  if (b === true) return a;
  return a === b ? a : `${a} && ${b}`;
}
