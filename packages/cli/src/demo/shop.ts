/** What the demo shop writes: a key, a value to be made JSON, and the topic by what it is about. */
export interface ShopEvent {
  readonly about: 'orders' | 'payments' | 'shipments';
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Order {
  readonly orderId: string;
  readonly customerId: string;
  readonly amountCents: number;
}

const CUSTOMERS = 500;
const PRODUCTS = ['espresso', 'kettle', 'grinder', 'filter', 'mug', 'beans', 'scale', 'teapot'];
const METHODS = ['card', 'card', 'card', 'invoice', 'wallet'];
/** Orders that wait for their payment, and payments for their shipment; older ones are dropped by the shop. */
const MAX_OPEN = 1000;
const DECLINED_SHARE = 0.05;

/**
 * A shop that makes up orders, has most of them paid a little later and ships what is paid: each step follows the one
 * before with the same order id. `random` gives 0 to 1.
 */
export class Shop {
  readonly #random: () => number;
  readonly #unpaid: Order[] = [];
  readonly #unshipped: Order[] = [];
  #orders = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** An order, and what has become of earlier ones. */
  next(nowMs: number): readonly ShopEvent[] {
    const order = this.#order(nowMs);
    const events: ShopEvent[] = [order];
    // Most steps follow one order later on average, so that the topics grow at about the same rate.
    if (this.#unpaid.length > 3 && this.#random() < 0.95) events.push(this.#payment());
    if (this.#unshipped.length > 3 && this.#random() < 0.95) events.push(this.#shipment());
    return events;
  }

  #order(nowMs: number): ShopEvent {
    this.#orders++;
    const customerId = `customer-${1 + this.#below(CUSTOMERS)}`;
    const quantity = 1 + this.#below(3);
    const amountCents = quantity * (490 + 100 * this.#below(60));
    const orderId = `${nowMs.toString(36)}-${this.#orders}`;
    if (this.#unpaid.length === MAX_OPEN) this.#unpaid.shift();
    this.#unpaid.push({ orderId, customerId, amountCents });
    const value = { orderId, customerId, product: this.#oneOf(PRODUCTS), quantity, amountCents };
    return { about: 'orders', key: customerId, value };
  }

  #payment(): ShopEvent {
    const order = this.#unpaid.shift()!;
    const isDeclined = this.#random() < DECLINED_SHARE;
    if (this.#unshipped.length === MAX_OPEN) this.#unshipped.shift();
    if (!isDeclined) this.#unshipped.push(order);
    const { orderId, amountCents } = order;
    const status = isDeclined ? 'declined' : 'paid';
    const value = { orderId, amountCents, method: this.#oneOf(METHODS), status };
    return { about: 'payments', key: orderId, value };
  }

  #shipment(): ShopEvent {
    const { orderId, customerId } = this.#unshipped.shift()!;
    const parcel = `P${String(this.#below(1_000_000)).padStart(6, '0')}`;
    return { about: 'shipments', key: orderId, value: { orderId, customerId, parcel } };
  }

  #below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  #oneOf(words: readonly string[]): string {
    return words[this.#below(words.length)]!;
  }
}
