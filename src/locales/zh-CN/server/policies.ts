import type { MessageForm } from '../../forms.ts';

/** Admission policies and their expressions (CEL). */
export const POLICIES: readonly MessageForm[] = [
  ['expression is not specified', '没有填写 expression'],
  ['valueExpression is not specified', '没有填写 valueExpression'],
  ['rule is not specified', '没有填写 rule'],
  ['name and selector are mutually exclusive', 'name 与 selector 只能填写一个'],
  ['mutations must contain at least one item', 'mutations 至少要有一项'],
  ['validations or auditAnnotations must contain at least one item', 'validations 与 auditAnnotations 至少有一项'],
  ['must not have more than {0} auditAnnotations', 'auditAnnotations 不能多于 {0} 项'],
  ['at least one validation action is required', '至少要有一个 validationAction'],
  ['requires {0} be non-empty', '需要 {0} 不为空'],
  ['must not be specified when labelSelector is not set', '没有设置 labelSelector 时不能填写'],
  ['must be specified when patchType is {0}', 'patchType 为 {0} 时必须填写'],
  ['must evaluate to one of {0} but got {1}', '求值结果必须是 {0} 之一，现在是 {1}'],
  ['must evaluate to {0} or the unknown type, not {1}', '求值结果必须是 {0} 或未知类型，而不是 {1}'],
  ['must evaluate to {0} but got {1}', '求值结果必须是 {0}，现在是 {1}'],
  ['cel expression must evaluate to a bool', 'CEL 表达式的结果必须是 bool'],
  ['rule compile error: {0}', '规则无法编译：{0*}'],
  ['messageExpression compilation failed: {0}', 'messageExpression 无法编译：{0*}'],
  ['messageExpression {0}', 'messageExpression：{0*}'],
  ['compilation failed: {0}', '编译失败：{0*}'],
  [
    "ERROR: <input>:{0}:{1}: undeclared reference to '{2}' (in container '{3}')\n{4}",
    '第 {0} 行第 {1} 列：引用了没有声明的“{2}”\n{4}',
  ],
  [
    'ERROR: <input>:{0}:{1}: Syntax error: extraneous input {2} expecting {3}\n{4}',
    '第 {0} 行第 {1} 列语法错误：多出 {2}，应为 {3}\n{4}',
  ],
  [
    'ERROR: <input>:{0}:{1}: Syntax error: mismatched input {2} expecting {3}\n{4}',
    '第 {0} 行第 {1} 列语法错误：遇到 {2}，应为 {3}\n{4}',
  ],
  [
    'ERROR: <input>:{0}:{1}: Syntax error: no viable alternative at input {2}\n{3}',
    '第 {0} 行第 {1} 列语法错误：从 {2} 起无法解析\n{3}',
  ],
  [
    'ERROR: <input>:{0}:{1}: Syntax error: token recognition error at: {2}\n{3}',
    '第 {0} 行第 {1} 列语法错误：无法识别 {2}\n{3}',
  ],
  [
    'ERROR: <input>:{0}:{1}: Syntax error: missing {2} at {3}\n{4}',
    '第 {0} 行第 {1} 列语法错误：在 {3} 处缺少 {2}\n{4}',
  ],
  ['ERROR: <input>:{0}:{1}: Syntax error: {2}', '第 {0} 行第 {1} 列语法错误：{2}'],
  [
    "ERROR: <input>:{0}:{1}: found no matching overload for '{2}' applied to '{3}'\n{4}",
    '第 {0} 行第 {1} 列：“{2}”不能用于 {3}\n{4}',
  ],
  ["ERROR: <input>:{0}:{1}: undefined field '{2}'\n{3}", '第 {0} 行第 {1} 列：没有字段“{2}”\n{3}'],
  ['ERROR: <input>:{0}:{1}: {2}', '第 {0} 行第 {1} 列：{2}'],
];
