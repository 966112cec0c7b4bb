/** What is wrong with a Script of drydock.dev/v1, by the ids of its reader. */
export const scriptProblems = {
  'script.repeated': 'the name {{name}} is given twice',
  'script.unknownField': 'a script has no such field here; known: {{known}}',
  'script.type': 'must be of type {{type}}',
  'script.duration': 'must be a duration such as 30s or 2m, and not "{{value}}"',
  'script.oneAction': 'a step has exactly one of: {{actions}}',
  'script.unknownFault': 'unknown fault "{{fault}}"; known: {{known}}',
  'script.target': 'the fault {{fault}} needs a target such as {{example}}',
  'script.parameter': 'must be one of: {{known}}',
  'script.object': 'must name an object such as {{example}}',
  'script.sender': 'the sender must be named as {{example}}',
  'script.number': 'must be a whole number from {{least}} to {{most}}',
  'script.refused': 'the server does not start with it: {{message}}',
  'script.release': 'the script is for {{wanted}}, and {{release}} is simulated',
} as const;
