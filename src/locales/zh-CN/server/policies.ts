import type { MessageForm } from '../../forms.ts';

/** Admission policies and their expressions (CEL). */
export const POLICIES: readonly MessageForm[] = [
  [
    "Validation failed for ValidatingAdmissionPolicy '{0}' with binding '{1}': {2}",
    '没有通过 ValidatingAdmissionPolicy“{0}”（绑定“{1}”）的校验：{2*}',
  ],
  [
    "{0} is forbidden: ValidatingAdmissionPolicy '{1}' with binding '{2}' denied request: {3}",
    '{0} 被禁止：ValidatingAdmissionPolicy“{1}”（绑定“{2}”）拒绝了请求：{3*}',
  ],
  [
    "{0} is forbidden: ValidatingAdmissionPolicy '{1}' denied request: {2}",
    '{0} 被禁止：ValidatingAdmissionPolicy“{1}”拒绝了请求：{2*}',
  ],
  ["policy '{0}' with binding '{1}' denied request: {2}", '策略“{0}”（绑定“{1}”）拒绝了请求：{2*}'],
  ['policy "{0}" denied request: {1}', '策略“{0}”拒绝了请求：{1*}'],
  ['failed to configure policy: {0}', '策略的配置有误：{0*}'],
  ['failed to configure binding: {0}', '绑定的配置有误：{0*}'],
  ["failed to find resource referenced by paramKind: '{0}'", '找不到 paramKind 所指的资源“{0}”'],
  [
    'no params found for policy binding with `Deny` parameterNotFoundAction',
    '找不到参数，而绑定的 parameterNotFoundAction 是 Deny',
  ],
  [
    'cannot use namespaced paramRef in policy binding that matches cluster-scoped resources',
    '绑定也用于集群级的资源时，paramRef 不能指命名空间内的参数',
  ],
  [
    'paramRef.namespace must not be provided for a cluster-scoped `paramKind`',
    'paramKind 是集群级时不能填写 paramRef.namespace',
  ],
  ['failed expression: {0}', '表达式不成立：{0}'],
  ['failed messageExpression: {0}', 'messageExpression 求值失败：{0*}'],
  ['compilation error: {0}', '无法编译：{0*}'],
  ["expression '{0}' resulted in error: {1}", '表达式“{0}”求值出错：{1}'],
  ['composited variable "{0}" fails to compile: {1}', '变量“{0}”无法编译：{1*}'],
  ['composited variable "{0}" fails to evaluate: {1}', '变量“{0}”求值出错：{1}'],
  [
    'validation failed due to running out of cost budget, no further validation rules will be run',
    '求值的开销超出了预算，其余规则不再求值',
  ],
  ['error applying patch: {0}', '补丁无法应用：{0*}'],
  ['invalid ApplyConfiguration: {0}', 'ApplyConfiguration 有误：{0*}'],
  ['may not mutate atomic arrays, maps or structs: {0}', '不能改动整体归属的列表、映射或结构：{0}'],
  ['JSON Patch: {0}', 'JSON Patch：{0}'],
  ['type mismatch: {0}', '类型不符：{0}'],
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
