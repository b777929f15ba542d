/** A message that cannot be written as asked: a mistake of the caller, never of the peer. */
export class EncodeError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EncodeError';
  }
}

/** What a generated encoder throws for a version that it does not know. */
export function unknownVersionToEncode(
  message: string,
  version: number,
  known: string,
): EncodeError {
  return new EncodeError(`${message} has no version ${version}: versions ${known} are known`);
}

/** A field that is not ignorable holds a value that `version` has no place for. */
export function fieldNotInVersion(struct: string, field: string, version: number): EncodeError {
  return new EncodeError(`${struct}.${field} is set, but version ${version} does not have it`);
}

/** A field is null that must not be, in this version or ever. */
export function nullNotAllowed(struct: string, field: string, version: number): EncodeError {
  return new EncodeError(`${struct}.${field} is null, which version ${version} does not allow`);
}
