/** Source: staging/src/k8s.io/apiserver/pkg/util/shufflesharding/shufflesharding.go `MaxHashBits`, 1.36. */
const MOST_HASH_BITS = 60;
const LARGEST_DECK = 2 ** 26;

/** How many bits of a hash the dealing of a hand needs, rounded up: the least power of two that holds all orders. */
export function requiredEntropyBits(deckSize: number, handSize: number): number {
  let orders = 1n;
  for (let card = 0; card < handSize; card++) orders *= BigInt(deckSize);
  return (orders - 1n).toString(2).length;
}

/** What is wrong with a deck and a hand; undefined for nothing. Source: shufflesharding.go `NewDealer`. */
export function deckError(deckSize: number, handSize: number): string | undefined {
  if (deckSize <= 0 || handSize <= 0) return `deckSize ${deckSize} or handSize ${handSize} is not positive`;
  if (handSize > deckSize) return `handSize ${handSize} is greater than deckSize ${deckSize}`;
  if (deckSize > LARGEST_DECK) return `deckSize ${deckSize} is impractically large`;
  if (requiredEntropyBits(deckSize, handSize) > MOST_HASH_BITS)
    return `required entropy bits of deckSize ${deckSize} and handSize ${handSize} is greater than ${MOST_HASH_BITS}`;
  return undefined;
}

/** Different cards of a deck, by a hash of 64 bits: two flows seldom have the same hand. Source: shufflesharding.go `Deal`. */
export function deal(deckSize: number, handSize: number, hash: bigint): readonly number[] {
  const remainders: number[] = [];
  const hand: number[] = [];
  let left = hash;
  for (let index = 0; index < handSize; index++) {
    const size = BigInt(deckSize - index);
    remainders.push(Number(left % size));
    left /= size;
  }
  for (let index = 0; index < handSize; index++) {
    let card = remainders[index] ?? 0;
    for (let before = index; before > 0; before--) if (card >= (remainders[before - 1] ?? 0)) card++;
    hand.push(card);
  }
  return hand;
}
