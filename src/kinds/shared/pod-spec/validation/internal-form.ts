import type { JsonObject, JsonValue } from '../../../../base/json.ts';
import { asArray, valueAt } from '../../../../base/json.ts';

/**
 * How the server prints a struct of its internal API version in an error: the Go names of all fields in the order of the
 * struct, and null for what is not there. Source: pkg/apis/core/types.go, 1.36.
 */
type Show = (value: JsonValue | undefined) => JsonValue;
type Fields = readonly (readonly [goName: string, name: string, show: Show])[];

const pointer: Show = (value) => value ?? null;
const text: Show = (value) => (typeof value === 'string' ? value : '');
const list =
  (show: Show): Show =>
  (value) =>
    value === undefined || value === null ? null : asArray(value).map(show);

function struct(fields: Fields): Show {
  return (value) => {
    const shown: Record<string, JsonValue> = {};
    for (const [goName, name, show] of fields) shown[goName] = show(valueAt(value, name));
    return shown as JsonObject;
  };
}

const optional =
  (show: Show): Show =>
  (value) =>
    value === undefined || value === null ? null : show(value);

const CAPABILITIES = struct([
  ['Add', 'add', list(text)],
  ['Drop', 'drop', list(text)],
]);
const SELINUX_OPTIONS = struct([
  ['User', 'user', text],
  ['Role', 'role', text],
  ['Type', 'type', text],
  ['Level', 'level', text],
]);
const WINDOWS_OPTIONS = struct([
  ['GMSACredentialSpecName', 'gmsaCredentialSpecName', pointer],
  ['GMSACredentialSpec', 'gmsaCredentialSpec', pointer],
  ['RunAsUserName', 'runAsUserName', pointer],
  ['HostProcess', 'hostProcess', pointer],
]);
export const showSeccompProfile = struct([
  ['Type', 'type', text],
  ['LocalhostProfile', 'localhostProfile', pointer],
]);
export const showSecurityContext = struct([
  ['Capabilities', 'capabilities', optional(CAPABILITIES)],
  ['Privileged', 'privileged', pointer],
  ['SELinuxOptions', 'seLinuxOptions', optional(SELINUX_OPTIONS)],
  ['WindowsOptions', 'windowsOptions', optional(WINDOWS_OPTIONS)],
  ['RunAsUser', 'runAsUser', pointer],
  ['RunAsGroup', 'runAsGroup', pointer],
  ['RunAsNonRoot', 'runAsNonRoot', pointer],
  ['ReadOnlyRootFilesystem', 'readOnlyRootFilesystem', pointer],
  ['AllowPrivilegeEscalation', 'allowPrivilegeEscalation', pointer],
  ['ProcMount', 'procMount', pointer],
  ['SeccompProfile', 'seccompProfile', optional(showSeccompProfile)],
  ['AppArmorProfile', 'appArmorProfile', optional(showSeccompProfile)],
]);

export const showPodResourceClaim = struct([
  ['Name', 'name', text],
  ['ResourceClaimName', 'resourceClaimName', pointer],
  ['ResourceClaimTemplateName', 'resourceClaimTemplateName', pointer],
]);

const REQUIREMENT = struct([
  ['Key', 'key', text],
  ['Operator', 'operator', text],
  ['Values', 'values', list(text)],
]);
export const showNodeSelectorTerm = struct([
  ['MatchExpressions', 'matchExpressions', list(REQUIREMENT)],
  ['MatchFields', 'matchFields', list(REQUIREMENT)],
]);
