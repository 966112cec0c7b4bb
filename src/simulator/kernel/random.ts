import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';
import type { Hash64 } from '../../base/hash.ts';
import { hashOf } from '../../base/hash.ts';

/**
 * Chance without a state: a draw depends on the seed and on what it is for, and on nothing that was drawn before. A new
 * component or a changed number of replicas disturbs no other draw, and there is nothing to save in a checkpoint.
 */
export interface RandomSource {
  /** An integer from `least` to `most`, both included. The same `purpose` gives the same number. */
  integer(purpose: string, least: number, most: number): number;
  /** `length` letters of an alphabet. */
  letters(purpose: string, alphabet: string, length: number): string;
}

/** Draws for one user of chance: `name` is the component, `seed` that of the run. */
export function randomSource(seed: number, name: string): RandomSource {
  const base = hashOf(`${seed}/${name}/`);
  return {
    integer: (purpose, least, most) => uniformInt(generatorFor(base, purpose), least, most),
    letters(purpose, alphabet, length) {
      const generator = generatorFor(base, purpose);
      let word = '';
      for (let index = 0; index < length; index++) word += alphabet[uniformInt(generator, 0, alphabet.length - 1)];
      return word;
    },
  };
}

function generatorFor(base: Hash64, purpose: string): ReturnType<typeof xoroshiro128plusFromState> {
  const { high, low } = hashOf(purpose, base);
  // Four words, never all zero. They must not depend on one another in their lowest bits: those of the first draw are the
  // sum of two words, and decide alone where the range is a power of two.
  return xoroshiro128plusFromState([stir(high), stir(low), stir(high ^ 0x9e3779b9), stir(low ^ 0x85ebca77) | 1]);
}

/** Every bit of the result depends on every bit given: the last step of MurmurHash3, public domain. */
function stir(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
