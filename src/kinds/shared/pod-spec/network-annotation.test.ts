import { describe, expect, it } from 'vitest';
import { referenceLines } from '../testing/reference-text.ts';
import { networkReferences, withoutNetwork } from './network-annotation.ts';

const lines = (text: string) =>
  referenceLines(networkReferences(text, ['a'], 'shop')).map((line) =>
    line.replace('networkAttachment a -> NetworkAttachmentDefinition.k8s.cni.cncf.io/', ''),
  );

describe('the networks that an annotation names', () => {
  it.each([
    ['net', ['shop/net']],
    ['infra/net@eth1', ['infra/net namespace at a as {namespace}/{name}@eth1']],
    ['a, infra/b', ['shop/a as {name}, infra/b', 'infra/b namespace at a as a, {namespace}/{name}']],
    ['net@a,net@b', ['shop/net as {name}@a,{name}@b', 'shop/net as {name}@a,{name}@b']],
    ['', []],
    [' , ', []],
    [
      '[{"name":"a","interface":"eth1"},{"name":"b","namespace":"infra"}]',
      [
        'shop/a as [{"name":"{name}","interface":"eth1"},{"name":"b","namespace":"infra"}]',
        'infra/b namespace at a as [{"name":"a","interface":"eth1"},{"name":"{name}","namespace":"{namespace}"}]',
      ],
    ],
    ['[{"name":', []],
    ['[1, null, {"name": ""}]', []],
  ])('%s', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it.each([
    ['net', 0, undefined],
    ['a,b,c', 1, 'a, c'],
    ['[{"name":"a"},{"name":"b"}]', 0, '[{"name":"b"}]'],
    ['[3,{"name":"a"},{"name":"b"}]', 1, '[3,{"name":"a"}]'],
  ])('%s without number %i', (text, index, rest) => {
    expect(withoutNetwork(text, index)).toBe(rest);
  });
});
