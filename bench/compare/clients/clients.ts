import { ClientJvm } from './client-jvm.ts';

/** The JVMs that all brokers are driven from, one idle while another works. */
export class Clients {
  /** With the memory that the scripts of Kafka's performance tools give them. */
  readonly tools = new ClientJvm(['-Xmx512M']);
  /** What goes on beside what is measured. */
  readonly load = new ClientJvm(['-Xmx512M']);
  /** A hundred producers do not fit into half a gigabyte. */
  readonly crowd = new ClientJvm(['-Xmx2G']);

  close(): void {
    for (const jvm of [this.tools, this.load, this.crowd]) jvm.close();
  }
}
