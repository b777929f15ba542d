import type { EventSurface } from '@millrace/broker';
import { Counter, type Registry } from 'prom-client';

/** Connections that come, go and are turned away, by listener; adds itself to a registry. */
export class ConnectionMetrics {
  readonly #unsubscribe: readonly (() => void)[];

  constructor(registry: Registry, events: EventSurface) {
    const registers = [registry];
    const counter = <Label extends string>(name: string, help: string, ...labels: Label[]) =>
      new Counter({ name, help, labelNames: ['listener', ...labels], registers });
    const prefix = 'kafka_server_socket_server_metrics';
    const opened = counter(`${prefix}_connection_creation_total`, 'Connections opened.');
    const closed = counter(`${prefix}_connection_close_total`, 'Connections closed.');
    const causes = counter(
      'millrace_connections_closed_total',
      'Connections closed, by cause: client (it left), idle, malformed, memory, answer, socket, shutdown, defect.',
      'cause',
    );
    const refused = counter(
      'millrace_connections_refused_total',
      "Connections turned away, by the limit that was reached: a config, open files, or system where it was the system's own.",
      'limit',
    );
    const delayed = counter(
      'millrace_connections_delayed_total',
      'Connections that had to wait (max.connection.creation.rate).',
    );
    this.#unsubscribe = [
      events.on('listener-bound', ({ listener }) => {
        // Rates begin at 0, not at the first that happens.
        for (const one of [opened, closed, delayed]) one.inc({ listener }, 0);
      }),
      events.on('connection-opened', ({ listener }) => opened.inc({ listener })),
      events.on('connection-closed', ({ listener, cause }) => {
        closed.inc({ listener });
        causes.inc({ listener, cause });
      }),
      events.on('connection-refused', ({ listener, limit }) =>
        refused.inc({ listener, limit: limit ?? 'system' }),
      ),
      events.on('connection-delayed', ({ listener }) => delayed.inc({ listener })),
    ];
  }

  close(): void {
    for (const unsubscribe of this.#unsubscribe) unsubscribe();
  }
}
