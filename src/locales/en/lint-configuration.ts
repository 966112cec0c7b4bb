import type { LintConfigurationSentences } from '../ids.ts';

export const lintConfiguration: LintConfigurationSentences = {
  'lintConfig.unreadable': 'This is no configuration of lints: one YAML document with checks and customChecks.',
  'lintConfig.unknownField': 'There is no such field; known: {{known}}.',
  'lintConfig.unknownLint': 'No lint and no group is named {{lint}}.',
  'lintConfig.unknownTemplate': 'No template is named {{template}}; known: {{known}}.',
  'lintConfig.unnamed': 'A check needs a name and a template.',
  'lintConfig.together': 'This does not go together with the other parameters, or is not of a form that can be read.',
  'lintConfig.unknownParameter': 'The template has no such parameter; known: {{known}}.',
  'lintConfig.missingParameter': 'The template needs this parameter.',
  'lintConfig.parameter': 'This must be: {{wanted}}.',
};
