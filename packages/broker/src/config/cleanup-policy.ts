import type { CleanupPolicy } from '@millrace/storage';

/** The policies of a `cleanup.policy` list; empty for the empty one (keep for ever). */
function policiesOf(value: string): string[] {
  if (value.trim() === '') return [];
  return value.split(',').map((policy) => policy.trim());
}

export function cleanupPolicy(value: string): CleanupPolicy {
  const policies = policiesOf(value);
  return { delete: policies.includes('delete'), compact: policies.includes('compact') };
}

/** Null, or what is wrong with a `cleanup.policy`, a sentence. */
export function cleanupPolicyProblem(value: string): string | null {
  const policies = policiesOf(value);
  const other = policies.find((policy) => policy !== 'delete' && policy !== 'compact');
  return other === undefined ? null : `"${other}" is not one of compact, delete.`;
}
