import type { LeftOut } from '../../../../base/testing/upstream-table.ts';

const STRICT = 'with strict field validation unknown metadata refuses the object; what would be left of it is not asked';
const DROPS = 'drops what cannot be read, as the server does with what it reads from storage';

export const LEFT_OUT: Readonly<Record<string, LeftOut>> = {
  coercing: {
    'TestCoerce/x-kubernetes-embedded-resource': STRICT,
    'TestCoerce/x-kubernetes-embedded-resource, with includeRoot=true': STRICT,
    'TestCoerce/x-kubernetes-embedded-resource, with dropInvalidFields=true': DROPS,
    'TestCoerce/invalid metadata type, with dropInvalidFields=true': DROPS,
  },
  values: {
    'TestValidateCustomResource/numeric formats valid, object 2': 'its number has more digits than the table of JSON keeps',
    TestItemsProperty: { count: 2, reason: 'asks only whether there is an error; schemas with a list of items are refused' },
  },
};
