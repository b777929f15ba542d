import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Shop } from './shop.ts';

test('payments and shipments follow orders that were made, each once', () => {
  let seed = 1;
  const shop = new Shop(() => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed / 2_147_483_647;
  });
  const events = Array.from({ length: 5000 }, () => shop.next(1_700_000_000_000)).flat();
  const ids = (about: string, status?: string) =>
    events
      .filter(
        (event) => event.about === about && (status ?? event.value.status) === event.value.status,
      )
      .map(({ value }) => value.orderId as string);
  const orders = new Set(ids('orders'));
  assert.equal(orders.size, 5000);
  const paid = ids('payments', 'paid');
  const shipped = ids('shipments');
  assert.equal(new Set(ids('payments')).size, ids('payments').length);
  assert.equal(new Set(shipped).size, shipped.length);
  assert.ok(ids('payments').every((id) => orders.has(id)));
  assert.ok(shipped.every((id) => paid.includes(id)));
  assert.ok(paid.length > 4000 && shipped.length > 4000 && ids('payments', 'declined').length > 50);
});
