import { describe, expect, it } from 'vitest';
import { CARDS, CORRECTIONS } from './glossary.ts';
import { searchCards, searchCorrections } from './search.ts';

const first = (text: string) => {
  const [found] = searchCards(CARDS, CORRECTIONS, text);
  return found && `${found.card.term.en}${found.old === undefined ? '' : ` < ${found.old}`}`;
};

describe('searching the glossary', () => {
  it.each([
    ['Pod', 'Pod'],
    ['容器组', 'Pod'],
    ['hpa', 'HorizontalPodAutoscaler'],
    ['Master', 'Control plane < Master'],
    ['主节点', 'Control plane < 主节点'],
    ['minion', 'Node < Minion'],
    ['dockershim', 'Docker Engine on each Node < dockershim'],
    ['predicates', 'Filter < predicates'],
    ['优选', 'Score < 优选'],
    ['rebbion', 'Service discovery < rebbion'],
    ['PetSet', 'StatefulSet controller < PetSet'],
    ['blue green', 'Blue-green release'],
    ['107', 'kubelet'],
    ['X33', 'API server'],
    // Only its text says so.
    ['hypercalls', 'Paravirtualisation'],
    ['最慢', 'Microservices and chained calls'],
    ['no such word', undefined],
  ])('%s', (text, wanted) => expect(first(text)).toBe(wanted));

  it('gives all of them, in their order, where nothing is typed', () => {
    expect(searchCards(CARDS, CORRECTIONS, ' ').map(({ card }) => card.number)).toEqual(
      CARDS.map(({ number }) => number),
    );
  });

  it.each([
    ['X3', ['X3']],
    ['dockershim', ['X34']],
    ['监控 etcd', ['X33']],
    ['no such word', []],
  ])('corrections: %s', (text, wanted) =>
    expect(searchCorrections(CORRECTIONS, text).map(({ id }) => id)).toEqual(wanted),
  );
});
