import type { PatchSchema } from '../patch-schema.ts';
import { anySchema, listSchema, mapSchema, scalarSchema, structSchema, withExtensions } from '../patch-schema.ts';

const text = scalarSchema('string');
const numbers = listSchema(scalarSchema('numeric'));
const byName = { patchStrategy: ['merge'], patchMergeKey: 'name' } as const;

/** The test type MergeItem of strategicpatch/patch_test.go, 1.36.2. */
export const mergeItem: PatchSchema = structSchema(
  () => ({
    name: text,
    value: text,
    other: text,
    mergingList: listSchema(mergeItem, byName),
    nonMergingList: listSchema(mergeItem),
    mergingIntList: withExtensions(numbers, { patchStrategy: ['merge'] }),
    nonMergingIntList: numbers,
    // Upstream declares a pointer and puts lists into it; its lookup takes the pointer's type as the items'.
    mergeItemPtr: listSchema(mergeItem, byName),
    simpleMap: mapSchema(text),
    replacingItem: anySchema('atomic', { patchStrategy: ['replace'], typeName: 'RawExtension' }),
    jsonItem: structSchema({}),
    retainKeysMap: withExtensions(retainKeysMergeItem, { patchStrategy: ['retainKeys'] }),
    retainKeysMergingList: listSchema(mergeItem, { patchStrategy: ['merge', 'retainKeys'], patchMergeKey: 'name' }),
  }),
  { typeName: 'MergeItem' },
);

const retainKeysMergeItem: PatchSchema = structSchema(
  () => ({
    name: text,
    value: text,
    other: text,
    simpleMap: mapSchema(text),
    mergingIntList: withExtensions(numbers, { patchStrategy: ['merge'] }),
    mergingList: listSchema(mergeItem, byName),
    nonMergingList: listSchema(mergeItem),
  }),
  { typeName: 'RetainKeysMergeItem' },
);
