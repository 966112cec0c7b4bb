import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** The numbers and texts of a small message by field. */
export function parts(bytes: Uint8Array): {
  readonly numbers: ReadonlyMap<number, number>;
  readonly texts: ReadonlyMap<number, string>;
} {
  const numbers = new Map<number, number>();
  const texts = new Map<number, string>();
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag();
    if (wire === WireType.Varint) numbers.set(number, Number(BigInt.asIntN(64, BigInt(reader.int64()))));
    else if (wire === WireType.LengthDelimited) texts.set(number, reader.string());
    else reader.skip(wire, number);
  }
  return { numbers, texts };
}
