import { describe, expect, it } from 'vitest';
import { ANY_SCHEMA, makeSchema } from '../../../openapi/schema.ts';
import { readTyped } from './field-value.ts';

const int32 = makeSchema('integer', 'go', { format: 'int32' });
const int64 = makeSchema('integer', 'go', { format: 'int64' });
const port = makeSchema('integer', 'openapi', { format: 'int32', bounds: { minimum: 1, maximum: 65535 } });
const string = makeSchema('string', 'go');
const policy = makeSchema('string', 'go', { enum: ['Always', 'Never'] });

describe('readTyped', () => {
  it.each([
    ['3', int32, undefined, { value: 3 }],
    ['three', int32, undefined, { refused: 'notInteger' }],
    ['1.5', int32, undefined, { refused: 'notInteger' }],
    ['3000000000', int32, undefined, { refused: 'outOfRange' }],
    ['9223372036854775807', int64, undefined, { value: 9223372036854775807n }],
    ['0', port, undefined, { refused: 'outOfRange', allowed: '1 … 65535' }],
    ['1.10', string, undefined, { value: '1.10' }],
    ['true', string, undefined, { value: 'true' }],
    ['Always', policy, undefined, { value: 'Always' }],
    ['always', policy, undefined, { refused: 'notInEnum', allowed: 'Always, Never' }],
    ['250m', makeSchema('quantity', 'go'), undefined, { value: '250m' }],
    ['2', makeSchema('quantity', 'go'), 1, { value: 2 }],
    ['2GB', makeSchema('quantity', 'go'), undefined, { refused: 'notQuantity' }],
    ['80', makeSchema('integerOrString', 'go'), 'http', { value: 80 }],
    ['http', makeSchema('integerOrString', 'go'), 80, { value: 'http' }],
    ['25%', makeSchema('integerOrString', 'go'), undefined, { value: '25%' }],
    ['1.5', makeSchema('number', 'go'), undefined, { value: 1.5 }],
    ['', makeSchema('number', 'go'), undefined, { refused: 'notNumber' }],
    ['7', ANY_SCHEMA, 5, { value: 7 }],
    ['7', ANY_SCHEMA, '5', { value: '7' }],
    ['007', ANY_SCHEMA, undefined, { value: '007' }],
  ])('%j typed into a field becomes what the field takes', (text, schema, present, expected) => {
    expect(readTyped(text, schema, present)).toMatchObject(expected);
  });
});
