/** Broker configs that this version does not act on, for one reason. */
export interface InertGroup {
  /** One sentence that follows "Fixed here:". */
  readonly because: string;
  /** A line each, `name: what it does in Kafka`; `name = value: …` where the value here is not Kafka's default. */
  readonly configs: string;
}
