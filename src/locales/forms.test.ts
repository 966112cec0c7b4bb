import { describe, expect, it } from 'vitest';
import { MessageForms } from './forms.ts';

const forms = new MessageForms([
  ['must be empty', '必须为空'],
  ['must be greater than {0}', '必须大于 {0}'],
  ['must be greater than or equal to {0}', '必须大于或等于 {0}'],
  ['{0} may not be used with {1}', '{1} 不能与 {0} 一起使用'],
  ['Invalid value: {0}: {1}', '值无效：{0}：{1*}'],
]);

describe('message forms', () => {
  it('give the sentence with what stood in the holes, wherever the other language puts it', () => {
    expect(forms.translate('must be empty')).toBe('必须为空');
    expect(forms.translate('must be greater than 3')).toBe('必须大于 3');
    expect(forms.translate('a.b may not be used with c')).toBe('c 不能与 a.b 一起使用');
  });

  it('prefer the form that says more itself', () => {
    expect(forms.translate('must be greater than or equal to 0')).toBe('必须大于或等于 0');
  });

  it('translate a part by another table, and leave it where that knows nothing', () => {
    const nested = (part: string): string | undefined => forms.translate(part);
    expect(forms.translate('Invalid value: 1: must be empty', nested)).toBe('值无效：1：必须为空');
    expect(forms.translate('Invalid value: 1: no such thing', nested)).toBe('值无效：1：no such thing');
  });

  it('give nothing for words that no form has', () => {
    expect(forms.translate('MUST BE EMPTY')).toBeUndefined();
  });
});
