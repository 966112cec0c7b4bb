import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { describe, expect, it } from 'vitest';
import { UnknownMessage, objectFromProtobuf } from './read-envelope.ts';

type Write = (writer: BinaryWriter) => void;

const bytes = (...writes: readonly Write[]): Uint8Array => {
  const writer = new BinaryWriter();
  for (const write of writes) write(writer);
  return writer.finish();
};
const text =
  (field: number, value: string): Write =>
  (writer) =>
    void writer.tag(field, WireType.LengthDelimited).string(value);
const part =
  (field: number, ...writes: readonly Write[]): Write =>
  (writer) =>
    void writer.tag(field, WireType.LengthDelimited).bytes(bytes(...writes));
const number =
  (field: number, value: number): Write =>
  (writer) =>
    void writer.tag(field, WireType.Varint).int64(value);

const envelope = (apiVersion: string, kind: string, ...writes: readonly Write[]): Uint8Array =>
  Uint8Array.of(0x6b, 0x38, 0x73, 0, ...bytes(part(1, text(1, apiVersion), text(2, kind)), part(2, ...writes)));

/** Field numbers: generated.proto of each group, 1.36.2. */
describe('an object in protobuf', () => {
  it('is what JSON would say: maps, lists, quantities, numbers of both signs, fields of embedded types', async () => {
    const pod = envelope(
      'v1',
      'Pod',
      part(1, text(1, 'web'), text(3, 'shop'), part(8), part(11, text(1, 'app'), text(2, 'web'))),
      part(
        2,
        part(1, text(1, 'cache'), part(2, part(2, text(1, 'Memory')))),
        part(
          2,
          text(1, 'web'),
          text(2, 'nginx'),
          part(8, part(1, text(1, 'cpu'), part(2, text(1, '250m')))),
          // A probe: the handler's fields are the probe's own.
          part(10, part(1, part(2, text(1, '/'), part(2, number(1, 1), text(3, 'http'))))),
        ),
        number(25, -5),
        number(4, 0),
      ),
    );
    expect(await objectFromProtobuf(pod)).toMatchObject({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'web', namespace: 'shop', labels: { app: 'web' } },
      spec: {
        volumes: [{ name: 'cache', emptyDir: { medium: 'Memory' } }],
        containers: [
          {
            name: 'web',
            image: 'nginx',
            resources: { limits: { cpu: '250m' } },
            livenessProbe: { httpGet: { path: '/', port: 'http' } },
          },
        ],
        priority: -5,
        terminationGracePeriodSeconds: 0,
      },
    });
  });

  it('keeps bytes as base64, times as texts, and lists that are messages of their own', async () => {
    const secret = envelope('v1', 'Secret', part(1, text(1, 'pass')), part(2, text(1, 'word'), text(2, 'open')));
    expect(await objectFromProtobuf(secret)).toMatchObject({ data: { word: 'b3Blbg==' } });
    const lease = envelope(
      'coordination.k8s.io/v1',
      'Lease',
      part(1, text(1, 'me'), part(8, number(1, 1_800_000_000))),
      part(2, part(3, number(1, 1_800_000_000), number(2, 1_500_000))),
    );
    expect(await objectFromProtobuf(lease)).toMatchObject({
      metadata: { creationTimestamp: '2027-01-15T08:00:00Z' },
      spec: { acquireTime: '2027-01-15T08:00:00.001500Z' },
    });
    const review = envelope(
      'authorization.k8s.io/v1',
      'SubjectAccessReview',
      part(2, text(3, 'ann'), text(4, 'devs'), part(5, text(1, 'scopes'), part(2, text(1, 'a'), text(1, 'b')))),
    );
    expect(await objectFromProtobuf(review)).toMatchObject({
      spec: { user: 'ann', groups: ['devs'], extra: { scopes: ['a', 'b'] } },
    });
  });

  it('leaves out what Go calls empty, as the JSON of a client would', async () => {
    const map = envelope('v1', 'ConfigMap', part(1, text(1, 'a'), text(2, ''), text(5, ''), number(7, 0)));
    const { metadata } = await objectFromProtobuf(map);
    expect(metadata).toEqual({ name: 'a' });
  });

  it('is refused where nothing is known of it, and where its bytes are none', async () => {
    await expect(objectFromProtobuf(Uint8Array.of(1, 2, 3, 4))).rejects.toThrow(UnknownMessage);
    await expect(objectFromProtobuf(envelope('sea.example/v1', 'Boat'))).rejects.toThrow(UnknownMessage);
    const broken = envelope('v1', 'ConfigMap', part(1, text(1, 'a')));
    await expect(objectFromProtobuf(broken.slice(0, -2))).rejects.toThrow();
  });
});
