import type { LintConfigurationSentences } from '../ids.ts';

export const lintConfiguration: LintConfigurationSentences = {
  'lintConfig.unreadable': '这不是检查配置：应为一份包含 checks 和 customChecks 的 YAML 文档。',
  'lintConfig.unknownField': '没有这个字段，可用的有：{{known}}。',
  'lintConfig.unknownLint': '没有名为 {{lint}} 的检查或分组。',
  'lintConfig.unknownTemplate': '没有名为 {{template}} 的模板，可用的有：{{known}}。',
  'lintConfig.unnamed': '每项检查都需要 name 和 template。',
  'lintConfig.together': '它与其他参数不能并用，或写法无法读取。',
  'lintConfig.unknownParameter': '该模板没有这个参数，可用的有：{{known}}。',
  'lintConfig.missingParameter': '该模板需要这个参数。',
  'lintConfig.parameter': '须为：{{wanted}}。',
};
