import { expect } from 'vitest';
import { upstreamEach, upstreamLeftOut, upstreamSource } from '../base/testing/upstream-table.ts';
import { compile } from './compile.ts';
import { baseFunctions } from './declarations.ts';
import { evaluate } from './evaluate.ts';
import { STRING, struct } from './type.ts';
import type { Value } from './value.ts';

const source = upstreamSource(
  'validation',
  'staging/src/k8s.io/apiserver/pkg/cel/environment/environment_test.go, Kubernetes 1.36.2 (Apache License 2.0)',
);
const environment = {
  variables: new Map([
    ['fizz', STRING],
    ['gadget', struct('Gadget', new Map([['__namespace__', STRING]]))],
    ['widget', struct('Widget', new Map([['x', STRING]]))],
  ]),
  functions: baseFunctions(),
};
const values: Readonly<Record<string, Value>> = {
  fizz: 'buzz',
  gadget: new Map([['namespace', 'buzz']]),
  widget: new Map([['x', 'buzz']]),
};

const OLDER = 'what an environment of a release before 1.36 lacks';
upstreamLeftOut(source, {
  'authz enabled': 'nothing stands for the authorizer at run time',
  'authz disabled, cross numeric comparisons disabled, user defined variable disabled, declared type disabled, declared type enabled before removed, declared type disabled after removed, recognizeKeywordAsFieldName disabled':
    { count: 7, reason: OLDER },
  'library version 0 enabled, library version 0 disabled': { count: 2, reason: 'a library made for the test alone' },
});

upstreamEach(
  source,
  'TestBaseEnvironment',
)([
  [
    'core settings enabled',
    [
      '[1, 2, 3].indexOf(2) == 1',
      "'abc'.contains('bc')",
      "isURL('http://example.com')",
      "'a 1 b 2'.find('[0-9]') == '1'",
    ],
  ],
  ['cross numeric comparisons enabled', ['1.5 > 1']],
  ['user defined variable enabled', ["fizz == 'buzz'"]],
  ['declared type enabled', ["widget.x == 'buzz'"]],
  ['recognizeKeywordAsFieldName enabled', ["gadget.namespace == 'buzz'"]],
] as const)('%s', (_, expressions) => {
  const found = expressions.map((expression) => {
    const compiled = compile(expression, environment);
    return compiled.ok ? evaluate(compiled.program, (name) => values[name]).value : compiled.message;
  });
  expect(found).toEqual(expressions.map(() => true));
});
