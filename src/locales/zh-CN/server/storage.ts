import type { MessageForm } from '../../forms.ts';

/** Volumes, claims, classes, drivers, devices. */
export const STORAGE: readonly MessageForm[] = [
  ['at least 1 access mode is required', '至少要有一种访问模式'],
  ['may not use ReadWriteOncePod with other access modes', 'ReadWriteOncePod 不能与其他访问模式同时使用'],
  ['must match dataSourceRef', '必须与 dataSourceRef 一致'],
  ['lun is required if targetWWNs is specified', '填写了 targetWWNs 时必须填写 lun'],
  ['must specify either targetWWNs or wwids, but not both', '必须填写 targetWWNs 或 wwids，且只能填写一个'],
  ['targetWWNs and wwids can not be specified simultaneously', 'targetWWNs 与 wwids 不能同时填写'],
  ['datasetName and datasetUUID can not be specified simultaneously', 'datasetName 与 datasetUUID 不能同时填写'],
  ['one of datasetName and datasetUUID is required', 'datasetName 与 datasetUUID 必须填写一个'],
  ['must specify required node constraints', '必须填写 required 的节点约束'],
  ['has to be specified when using volumeAttributesClassName', '使用 volumeAttributesClassName 时必须填写'],
  [
    'if the endpointnamespace is set, it must be a valid namespace name',
    '若填写 endpointsNamespace，必须是有效的命名空间名',
  ],
  [
    'spec is immutable after creation except {0} for bound claims\n{1}',
    '创建后不能更改 spec；已绑定的声明可以更改 {0}\n{1}',
  ],
  ['spec is immutable after creation except {0} for bound claims', '创建后不能更改 spec；已绑定的声明可以更改 {0}'],
  ['field can not be less than {0}', '不能小于 {0}'],
  [
    'either minimum or maximum storage value is required, but neither was provided',
    '必须填写 storage 的最小值或最大值',
  ],
  [
    'must specify exactly one of inlineVolumeSpec and persistentVolumeName',
    'inlineVolumeSpec 与 persistentVolumeName 必须且只能填写一个',
  ],
  [
    'serviceAccountTokenInSecrets is set but no tokenRequests are specified',
    '设置了 serviceAccountTokenInSecrets，却没有填写 tokenRequests',
  ],
  ['min value {0} is greater than {1} value {2}', '最小值 {0} 大于 {1} 值 {2}'],
  ['default request value {0} is greater than max value {1}', '默认 request 值 {0} 大于最大值 {1}'],
  ['default request value {0} is greater than default limit value {1}', '默认 request 值 {0} 大于默认 limit 值 {1}'],
  ['default value {0} is greater than max value {1}', '默认值 {0} 大于最大值 {1}'],
  ['ratio {0} is less than {1}', '比率 {0} 小于 {1}'],
  ['ratio {0} is greater than {1}', '比率 {0} 大于 {1}'],
  [
    'admin access to devices requires the `{0}` label on the containing namespace',
    '以管理员身份访问设备，要求所在命名空间带有标签 `{0}`',
  ],
  [
    '{0} can only be set if `perDeviceNodeSelection` is set to true in the ResourceSlice spec',
    '只有 ResourceSlice 的 `perDeviceNodeSelection` 为 true 时才能设置 {0}',
  ],
  [
    'exactly one of {0} is required when `perDeviceNodeSelection` is set to true in the ResourceSlice spec',
    'ResourceSlice 的 `perDeviceNodeSelection` 为 true 时，{0} 必须且只能填写其中一个',
  ],
  [
    'bindingFailureConditions are required to use bindingConditions',
    '使用 bindingConditions 时必须填写 bindingFailureConditions',
  ],
  [
    'bindingConditions are required to use bindingFailureConditions',
    '使用 bindingFailureConditions 时必须填写 bindingConditions',
  ],
  ['duplicate of key present in binaryData', '与 binaryData 中的键重复'],
  ['duplicate of key present in data', '与 data 中的键重复'],
  ['data is mandatory', '必须填写 data'],
  ['data must be a valid JSON object', 'data 必须是有效的 JSON 对象'],
  ['has to be specified in the context of inline volumes', '内联卷必须填写'],
  ['may not be specified in the context of inline volumes', '内联卷不能填写'],
  ['may only be Retain in the context of inline volumes', '内联卷只能是 Retain'],
  [
    'may not specify volumeMode other than Filesystem in the context of inline volumes',
    '内联卷的 volumeMode 只能是 Filesystem',
  ],
  ['{0} must not overlap with {1}', '{0} 不能与 {1} 重叠'],
  ['the total number of attributes and capacities must not exceed {0}', '属性与容量的总数不能超过 {0}'],
];
