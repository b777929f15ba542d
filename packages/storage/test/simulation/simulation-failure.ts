/** A promise of the storage engine that it was seen to break. */
export class SimulationFailure extends Error {
  override readonly name = 'SimulationFailure';
}

export function expect(condition: boolean, what: () => string): asserts condition {
  if (!condition) throw new SimulationFailure(what());
}
