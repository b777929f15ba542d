import { ProtocolViolation } from './network/dispatcher.ts';

/** What Kafka's enumerations of resource types, patterns, operations and permissions call UNKNOWN. */
const UNKNOWN = 0;

/**
 * A client that writes "unknown" into an ACL or a filter of ACLs has a defect. As in Kafka its connection is closed, with
 * a `ProtocolViolation` that names the field. Codes that are merely not known pass.
 */
export function refuseUnknownCodes(message: string, codes: Readonly<Record<string, number>>): void {
  for (const [field, code] of Object.entries(codes)) {
    if (code !== UNKNOWN) continue;
    throw new ProtocolViolation(
      `${message}: ${field} is ${UNKNOWN} (UNKNOWN); expected a code that says something.`,
    );
  }
}
