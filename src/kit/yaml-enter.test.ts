import { describe, expect, it } from 'vitest';
import { indentBelow } from './yaml-enter.ts';

describe('where the next line of YAML begins', () => {
  it.each([
    ['', 0],
    ['kind: Pod', 0],
    ['spec:', 2],
    ['  template:', 4],
    ['  replicas: 3', 2],
    ['  data: |', 4],
    ['  data: >-  # folded', 4],
    ['spec: # what is wanted', 2],
    ['  - name: web', 4],
    ['  - env:', 6],
    ['- - a', 4],
    ['  - web', 4],
    ['  url: http://example.com', 2],
  ])('below %j', (before, expected) => expect(indentBelow(before)).toBe(expected));
});
