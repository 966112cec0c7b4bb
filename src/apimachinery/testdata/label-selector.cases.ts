/**
 * Cases of upstream's label selector tests, re-expressed.
 * Source: staging/src/k8s.io/apimachinery/pkg/labels/selector_test.go and pkg/apis/meta/v1/helpers_test.go,
 * Kubernetes 1.36 (Apache-2.0).
 */
import type { JsonValue } from '../../base/json.ts';
import type { LabelOperator, LabelRequirement } from '../label-requirement.ts';

export const SOURCE = {
  area: 'names and labels',
  file: 'staging/src/k8s.io/apimachinery/pkg/{labels/selector,apis/meta/v1/helpers}_test.go',
  release: '1.36.2',
} as const;

type Labels = Readonly<Record<string, string>>;

/** [key, operator, values, sign] as in `LabelRequirement`. */
function requirement(
  key: string,
  operator: LabelOperator,
  values: readonly string[] = [],
  sign?: LabelRequirement['sign'],
): LabelRequirement {
  return sign ? { key, operator, values, sign } : { key, operator, values };
}

/** TestSelectorParse, good: what parses and prints back the same but for spaces. */
export const PRINTS_BACK = [
  'x=a,y=b,z=c',
  '',
  'x!=a,y=b',
  'x=',
  'x= ',
  'x=,z= ',
  'x= ,z= ',
  '!x',
  'x>1',
  'x>1,z<5',
];

/** TestSelectorParse, bad. */
export const DOES_NOT_PARSE = ['x=a||y=b', 'x==a==b', '!x=a', 'x<a'];

const LABELS = { foo: 'bar', baz: 'blah' };

/** TestSelectorMatches: [selector, labels, matches]. */
export const MATCHES: readonly (readonly [string, Labels, boolean])[] = [
  ['', { x: 'y' }, true],
  ['x=y', { x: 'y' }, true],
  ['x=y,z=w', { x: 'y', z: 'w' }, true],
  ['x!=y,z!=w', { x: 'z', z: 'a' }, true],
  ['notin=in', { notin: 'in' }, true],
  ['x', { x: 'z' }, true],
  ['!x', { y: 'z' }, true],
  ['x>1', { x: '2' }, true],
  ['x<1', { x: '0' }, true],
  ['x=z', {}, false],
  ['x=y', { x: 'z' }, false],
  ['x=y,z=w', { x: 'w', z: 'w' }, false],
  ['x!=y,z!=w', { x: 'z', z: 'w' }, false],
  ['x', { y: 'z' }, false],
  ['!x', { x: 'z' }, false],
  ['x>1', { x: '0' }, false],
  ['x<1', { x: '2' }, false],
  ['foo=bar', LABELS, true],
  ['baz=blah', LABELS, true],
  ['foo=bar,baz=blah', LABELS, true],
  ['foo=blah', LABELS, false],
  ['baz=bar', LABELS, false],
  ['foo=bar,foobar=bar,baz=blah', LABELS, false],
];

/** TestSetMatches: maps that select the labels above. Upstream keeps three more rows commented out. */
export const MAPS_THAT_MATCH: readonly Labels[] = [{}, { foo: 'bar' }, { baz: 'blah' }, LABELS];

/** TestLexer: [text, type of its one token]. */
export const TOKENS = [
  ['', 'end'],
  [',', 'symbol'],
  ['notin', 'keyword'],
  ['in', 'keyword'],
  ['=', 'symbol'],
  ['==', 'symbol'],
  ['>', 'symbol'],
  ['<', 'symbol'],
  ['!', 'symbol'],
  ['!=', 'symbol'],
  ['(', 'symbol'],
  [')', 'symbol'],
  ['~', 'identifier'],
  ['||', 'identifier'],
] as const;

/** TestLexerSequence and TestParserLookahead: [text, its tokens but the end]. */
export const TOKEN_SEQUENCES: readonly (readonly [string, readonly string[]])[] = [
  ['key in ( value )', ['key', 'in', '(', 'value', ')']],
  ['key notin ( value )', ['key', 'notin', '(', 'value', ')']],
  ['key in ( value1, value2 )', ['key', 'in', '(', 'value1', ',', 'value2', ')']],
  ['key', ['key']],
  ['!key', ['!', 'key']],
  ['()', ['(', ')']],
  ['', []],
  ['x in (),y', ['x', 'in', '(', ')', ',', 'y']],
  ['== != (), = notin', ['==', '!=', '(', ')', ',', '=', 'notin']],
  ['key>2', ['key', '>', '2']],
  ['key<1', ['key', '<', '1']],
];

const EXPECTED = 'expected: in, notin, =, ==, !=, gt, lt';

/** TestParseOperator: [operator, refusal]. */
export const BINARY_OPERATORS: readonly (readonly [string, string | undefined])[] = [
  ['in', undefined],
  ['=', undefined],
  ['==', undefined],
  ['>', undefined],
  ['<', undefined],
  ['notin', undefined],
  ['!=', undefined],
  ['!', `found '!', ${EXPECTED}`],
  ['exists', `found 'exists', ${EXPECTED}`],
  ['(', `found '(', ${EXPECTED}`],
];

const LONG = 'a'.repeat(254);

/** TestRequirementConstructor: [requirement, the field refused and the value shown]. */
export const CONSTRUCTED: readonly (readonly [LabelRequirement, string | undefined])[] = [
  [requirement('x1', 'In'), 'values: Invalid value: []'],
  [requirement('x2', 'NotIn'), 'values: Invalid value: []'],
  [requirement('x3', 'In', ['foo']), undefined],
  [requirement('x4', 'NotIn', ['foo']), undefined],
  [requirement('x5', 'In', ['bar', 'foo'], '='), 'values: Invalid value: ["bar","foo"]'],
  [requirement('x6', 'Exists'), undefined],
  [requirement('x7', 'DoesNotExist'), undefined],
  [requirement('x8', 'Exists', ['foo']), 'values: Invalid value: ["foo"]'],
  [requirement('x9', 'In', ['bar']), undefined],
  [requirement('x10', 'In', ['bar']), undefined],
  [requirement('x11', 'Gt', ['1']), undefined],
  [requirement('x12', 'Lt', ['6']), undefined],
  [requirement('x13', 'Gt'), 'values: Invalid value: []'],
  [requirement('x14', 'Gt', ['bar']), 'values[0]: Invalid value: "bar"'],
  [requirement('x15', 'Lt', ['bar']), 'values[0]: Invalid value: "bar"'],
  [requirement(LONG, 'Exists'), `key: Invalid value: "${LONG}"`],
  [requirement('x16', 'In', [LONG], '='), `values[0][x16]: Invalid value: "${LONG}"`],
  [requirement('x17', 'In', ['a b'], '='), 'values[0][x17]: Invalid value: "a b"'],
  [requirement('x18', 'unsupportedOp' as LabelOperator), 'operator: Unsupported value: "unsupportedOp"'],
];

const EMPTY = requirement('', '' as LabelOperator);

/** TestToString: [requirements, text]. */
export const PRINTED: readonly (readonly [readonly LabelRequirement[], string])[] = [
  [
    [requirement('x', 'In', ['abc', 'def']), requirement('y', 'NotIn', ['jkl']), requirement('z', 'Exists')],
    'x in (abc,def),y notin (jkl),z',
  ],
  [
    [
      requirement('x', 'NotIn', ['abc', 'def']),
      requirement('y', 'NotIn', ['jkl'], '!='),
      requirement('z', 'DoesNotExist'),
    ],
    'x notin (abc,def),y!=jkl,!z',
  ],
  [[requirement('x', 'In', ['abc', 'def']), EMPTY], 'x in (abc,def),'],
  [
    [requirement('x', 'NotIn', ['abc']), requirement('y', 'In', ['jkl', 'mno']), requirement('z', 'NotIn', [''])],
    'x notin (abc),y in (jkl,mno),z notin ()',
  ],
  [
    [
      requirement('x', 'In', ['abc'], '='),
      requirement('y', 'In', ['jkl'], '=='),
      requirement('z', 'NotIn', ['a'], '!='),
      requirement('z', 'Exists'),
    ],
    'x=abc,y==jkl,z!=a,z',
  ],
  [[requirement('x', 'Gt', ['2']), requirement('y', 'Lt', ['8']), requirement('z', 'Exists')], 'x>2,y<8,z'],
];

/** TestRequirementSelectorMatching: [labels, requirements, matches]. */
export const REQUIREMENTS_MATCH: readonly (readonly [Labels, readonly LabelRequirement[], boolean])[] = [
  [{ x: 'foo', y: 'baz' }, [EMPTY], false],
  [{ x: 'foo', y: 'baz' }, [requirement('x', 'In', ['foo']), requirement('y', 'NotIn', ['alpha'])], true],
  [{ x: 'foo', y: 'baz' }, [requirement('x', 'In', ['foo']), requirement('y', 'In', ['alpha'])], false],
  [{ y: '' }, [requirement('x', 'NotIn', ['']), requirement('y', 'Exists')], true],
  [{ y: '' }, [requirement('x', 'DoesNotExist'), requirement('y', 'Exists')], true],
  [{ y: '' }, [requirement('x', 'NotIn', ['']), requirement('y', 'DoesNotExist')], false],
  [{ y: 'baz' }, [requirement('x', 'In', [''])], false],
  [{ z: '2' }, [requirement('z', 'Gt', ['1'])], true],
  [{ z: 'v2' }, [requirement('z', 'Gt', ['1'])], false],
];

/** TestSetSelectorParser: [text, requirements, or undefined where the text does not parse]. */
export const PARSED: readonly (readonly [string, readonly LabelRequirement[] | undefined])[] = [
  ['', []],
  ['\rx', [requirement('x', 'Exists')]],
  ['this-is-a-dns.domain.com/key-with-dash', [requirement('this-is-a-dns.domain.com/key-with-dash', 'Exists')]],
  [
    'this-is-another-dns.domain.com/key-with-dash in (so,what)',
    [requirement('this-is-another-dns.domain.com/key-with-dash', 'In', ['so', 'what'])],
  ],
  [
    '0.1.2.domain/99 notin (10.10.100.1, tick.tack.clock)',
    [requirement('0.1.2.domain/99', 'NotIn', ['10.10.100.1', 'tick.tack.clock'])],
  ],
  ['foo  in\t (abc)', [requirement('foo', 'In', ['abc'])]],
  ['x notin\n (abc)', [requirement('x', 'NotIn', ['abc'])]],
  ['x  notin\t\t(abc,def)', [requirement('x', 'NotIn', ['abc', 'def'])]],
  ['x in (abc,def)', [requirement('x', 'In', ['abc', 'def'])]],
  ['x in (abc,)', [requirement('x', 'In', ['', 'abc'])]],
  ['x in (abc,abc)', [requirement('x', 'In', ['abc'])]],
  ['x in ()', [requirement('x', 'In', [''])]],
  ['x in (a,,)', [requirement('x', 'In', ['', 'a'])]],
  ['x in (a,,,)', [requirement('x', 'In', ['', 'a'])]],
  ['x in (a,,,,,,)', [requirement('x', 'In', ['', 'a'])]],
  ['x in (a,,a,,a,,a,,)', [requirement('x', 'In', ['', 'a'])]],
  [
    'x notin (abc,,def),bar,z in (),w',
    [
      requirement('bar', 'Exists'),
      requirement('w', 'Exists'),
      requirement('x', 'NotIn', ['', 'abc', 'def']),
      requirement('z', 'In', ['']),
    ],
  ],
  // Upstream lists y before x and does not compare; the parser sorts by key.
  ['x,y in (a)', [requirement('x', 'Exists'), requirement('y', 'In', ['a'])]],
  ['x=a', [requirement('x', 'In', ['a'], '=')]],
  ['x>1', [requirement('x', 'Gt', ['1'])]],
  ['x<7', [requirement('x', 'Lt', ['7'])]],
  ['x=a,y!=b', [requirement('x', 'In', ['a'], '='), requirement('y', 'NotIn', ['b'], '!=')]],
  [
    'x=a,y!=b,z in (h,i,j)',
    [
      requirement('x', 'In', ['a'], '='),
      requirement('y', 'NotIn', ['b'], '!='),
      requirement('z', 'In', ['h', 'i', 'j']),
    ],
  ],
  ['x=a||y=b', undefined],
  ['x,,y', undefined],
  [',x,y', undefined],
  ['x nott in (y)', undefined],
  ['x notin ( )', [requirement('x', 'NotIn', [''])]],
  ['x notin (, a)', [requirement('x', 'NotIn', ['', 'a'])]],
  ['a in (xyz),', undefined],
  ['a in (xyz)b notin ()', undefined],
  ['a ', [requirement('a', 'Exists')]],
  ['a in (x,y,notin, z,in)', [requirement('a', 'In', ['in', 'notin', 'x', 'y', 'z'])]],
  ['a in (xyz abc)', undefined],
  ['a notin(', undefined],
  ['a (', undefined],
  ['(', undefined],
];

/** TestAdd: [conditions, condition added, text]. */
export const ADDED: readonly (readonly [readonly LabelRequirement[], LabelRequirement, string])[] = [
  [[], requirement('key', 'In', ['value']), 'key in (value)'],
  [[requirement('key', 'In', ['value'])], requirement('key2', 'In', ['value2'], '='), 'key in (value),key2=value2'],
];

/** TestSafeSort: [values as given, values as printed]. The nil row is the empty list here. */
export const VALUES_PRINTED_IN_ORDER: readonly (readonly [readonly string[], string])[] = [
  [[], 'k in ()'],
  [['bar', 'foo'], 'k in (bar,foo)'],
  [['foo', 'bar'], 'k in (bar,foo)'],
  [['foo', 'bar', 'foo', 'bar'], 'k in (bar,bar,foo,foo)'],
];

/** TestSetSelectorString: [map, text]. */
export const MAPS_PRINTED: readonly (readonly [Labels, string])[] = [
  [{}, ''],
  [{ app: 'foo' }, 'app=foo'],
  [{ app: 'foo', a: 'b' }, 'a=b,app=foo'],
];

/** TestRequiresExactMatch: [conditions, key, value]. */
export const EXACT: readonly (readonly [readonly LabelRequirement[], string, string | undefined])[] = [
  [[requirement('key', 'In', ['value'])], 'key', 'value'],
  [[requirement('key', 'In', ['value', 'value2'])], 'key', undefined],
  [[requirement('key', 'In', ['value', 'value1']), requirement('key2', 'In', ['value2'])], 'key2', 'value2'],
  [[requirement('key', 'In', ['value'], '=')], 'key', 'value'],
  [[requirement('key', 'In', ['value'], '==')], 'key', 'value'],
  [[requirement('key', 'NotIn', ['value'], '!=')], 'key', undefined],
  [[requirement('key', 'In', ['value']), requirement('key2', 'In', ['value2'])], 'key', 'value'],
];

const OVERLONG_VALUE = 'axahm2EJ8Phiephe2eixohbee9eGeiyees1thuozi1xoh0GiuH3diewi8iem7Nui';

/** TestValidatedSelectorFromSet: [requirement made of a map entry, refusal]. */
export const VALIDATED: readonly (readonly [LabelRequirement, string | undefined])[] = [
  [requirement('key', 'In', ['val'], '='), undefined],
  [requirement('Key', 'In', [OVERLONG_VALUE], '='), `values[0][Key]: Invalid value: "${OVERLONG_VALUE}"`],
];

/** TestMatchesNothing, the rows that parse a string: none of them is the selector of nothing. */
export const NOT_NOTHING = ['', 'a', '!a', 'a=b', 'a!=b', 'a in (b)', 'a notin (b)', 'a,!a', 'a=b,a!=b', 'a in (b),a notin (b)'];

const MATCH_LABELS = { foo: 'bar' };
const MATCH_EXPRESSIONS = [{ key: 'baz', operator: 'In', values: ['qux', 'norf'] }];

/** TestLabelSelectorAsSelector: [metav1.LabelSelector, as kubectl prints it]. */
export const FROM_JSON: readonly (readonly [JsonValue | undefined, string])[] = [
  [undefined, '<none>'],
  [{}, '<none>'],
  [{ matchLabels: MATCH_LABELS }, 'foo=bar'],
  [{ matchExpressions: MATCH_EXPRESSIONS }, 'baz in (norf,qux)'],
  [{ matchLabels: MATCH_LABELS, matchExpressions: MATCH_EXPRESSIONS }, 'baz in (norf,qux),foo=bar'],
  [{ matchExpressions: [{ key: 'baz', operator: 'Exists', values: ['qux', 'norf'] }] }, '<error>'],
];
