import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { KubernetesObject } from '../apimachinery/object.ts';
import { numberAt, stringAt } from '../base/json.ts';
import type { Heard } from '../simulator/client/client-component.ts';

/**
 * The first byte of a message says which stream it belongs to; a Status on the last one says how it ended.
 * Source: staging/src/k8s.io/apimachinery/pkg/util/remotecommand/constants.go, 1.36.
 */
const CHANNEL = { stdout: 1, error: 3 } as const;
const PROTOCOLS = ['v5.channel.k8s.io', 'v4.channel.k8s.io'];

const sockets = new WebSocketServer({
  noServer: true,
  handleProtocols: (offered) => PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
});

/** Whether a client that wants to change protocols offers one of ours. */
function offersChannels({ headers }: IncomingMessage): boolean {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((word) => word.trim());
  return headers.upgrade?.toLowerCase() === 'websocket' && PROTOCOLS.some((protocol) => offered.includes(protocol));
}

/** A connection that waits for its first answer: opened then, or refused. */
export class Channels {
  private readonly request: IncomingMessage;
  private readonly socket: Duplex;
  private readonly head: Buffer;
  private readonly notCarried: KubernetesObject;
  private open: WebSocket | undefined;

  /** `notCarried` answers a client that would talk in another way than over a WebSocket, once the cluster has let it. */
  constructor(request: IncomingMessage, socket: Duplex, head: Buffer, notCarried: KubernetesObject) {
    this.notCarried = notCarried;
    this.request = request;
    this.socket = socket;
    this.head = head;
  }

  /** Hands on what a container wrote, and how it ended. */
  tell(message: Heard): void {
    if (message.type === 'watch') return;
    const { code, body } = message;
    if (body?.kind !== 'Stream') return this.refuse(code, body);
    if (!offersChannels(this.request)) return this.refuse(501, this.notCarried);
    if (this.open === undefined)
      sockets.handleUpgrade(this.request, this.socket, this.head, (opened) => (this.open = opened));
    this.write(CHANNEL.stdout, stringAt(body, 'text') ?? '');
    if (message.isOpen === true) return;
    this.write(CHANNEL.error, JSON.stringify(endOf(numberAt(body, 'exitCode') ?? 0)));
    this.open?.close(1000);
  }

  /** An answer in HTTP instead of a connection, or the end of one that broke. */
  refuse(code: number, body: KubernetesObject | undefined): void {
    if (this.open !== undefined) return this.open.terminate();
    if (body === undefined) return void this.socket.destroy();
    const text = JSON.stringify(body);
    this.socket.end(
      `HTTP/1.1 ${code} ${stringAt(body, 'reason') ?? 'Error'}\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}\r\nConnection: close\r\n\r\n${text}`,
    );
  }

  private write(channel: number, text: string): void {
    if (text !== '') this.open?.send(Buffer.concat([Buffer.of(channel), Buffer.from(text)]));
  }
}

/** Source: staging/src/k8s.io/client-go/tools/remotecommand/errorstream.go and apimachinery/pkg/api/errors, 1.36. */
function endOf(exitCode: number): object {
  if (exitCode === 0) return { metadata: {}, status: 'Success' };
  return {
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${exitCode}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(exitCode) }] },
  };
}
