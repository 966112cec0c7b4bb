import { describe } from 'vitest';
import type { LeftOut } from '../base/testing/upstream-table.ts';
import { validateRequestApproval } from './certificatesigningrequest/certificatesigningrequest.status.ts';
import { certificateSigningRequestStrategy } from './certificatesigningrequest/certificatesigningrequest.strategy.ts';
import certificates from './certificatesigningrequest/testdata/upstream.cases.json' with { type: 'json' };
import { deviceClassStrategy } from './deviceclass/deviceclass.strategy.ts';
import deviceClasses from './deviceclass/testdata/upstream.cases.json' with { type: 'json' };
import { flowSchemaStrategy } from './flowschema/flowschema.strategy.ts';
import flowSchemas from './flowschema/testdata/upstream.cases.json' with { type: 'json' };
import { priorityLevelConfigurationStrategy } from './prioritylevelconfiguration/prioritylevelconfiguration.strategy.ts';
import levels from './prioritylevelconfiguration/testdata/upstream.cases.json' with { type: 'json' };
import { resourceClaimStrategy } from './resourceclaim/resourceclaim.strategy.ts';
import claims from './resourceclaim/testdata/upstream.cases.json' with { type: 'json' };
import { resourceClaimTemplateStrategy } from './resourceclaimtemplate/resourceclaimtemplate.strategy.ts';
import claimTemplates from './resourceclaimtemplate/testdata/upstream.cases.json' with { type: 'json' };
import { resourceSliceStrategy } from './resourceslice/resourceslice.strategy.ts';
import slices from './resourceslice/testdata/upstream.cases.json' with { type: 'json' };
import { validatingWebhookConfigurationStrategy } from './validatingwebhookconfiguration/validatingwebhookconfiguration.strategy.ts';
import validatingWebhooks from './validatingwebhookconfiguration/testdata/upstream.cases.json' with { type: 'json' };
import { mutatingWebhookConfigurationStrategy } from './mutatingwebhookconfiguration/mutatingwebhookconfiguration.strategy.ts';
import mutatingWebhooks from './mutatingwebhookconfiguration/testdata/upstream.cases.json' with { type: 'json' };
import { validatingAdmissionPolicyStrategy } from './validatingadmissionpolicy/validatingadmissionpolicy.strategy.ts';
import validatingPolicies from './validatingadmissionpolicy/testdata/upstream.cases.json' with { type: 'json' };
import { validatingAdmissionPolicyBindingStrategy } from './validatingadmissionpolicybinding/validatingadmissionpolicybinding.strategy.ts';
import validatingBindings from './validatingadmissionpolicybinding/testdata/upstream.cases.json' with { type: 'json' };
import { mutatingAdmissionPolicyStrategy } from './mutatingadmissionpolicy/mutatingadmissionpolicy.strategy.ts';
import mutatingPolicies from './mutatingadmissionpolicy/testdata/upstream.cases.json' with { type: 'json' };
import { mutatingAdmissionPolicyBindingStrategy } from './mutatingadmissionpolicybinding/mutatingadmissionpolicybinding.strategy.ts';
import mutatingBindings from './mutatingadmissionpolicybinding/testdata/upstream.cases.json' with { type: 'json' };
import { metadataErrors } from './shared/testing/metadata-errors.ts';
import type { JudgeCase } from './shared/testing/validation-table.ts';
import { expectUpstreamCases } from './shared/testing/validation-table.ts';
import type { KindStrategy } from './strategy.ts';

interface Table {
  readonly strategy: KindStrategy;
  readonly table: unknown;
  readonly count: number;
  readonly namespaced?: boolean;
  /** Metadata of an update is judged by the registry before, and not by the function of the table. */
  readonly metadataOnUpdate?: boolean;
  readonly leftOut?: LeftOut;
}

const GO_NAMES = 'the server prints the whole struct in the names of its Go fields';
const DECLARED = 'without declarative validation, which the server runs besides and whose words it then prints';
const LISTS = 'with lists as attributes of a device: DRAListTypeAttributes is off by default';
const MAPPINGS = 'with mappings to resources of a Node: DRANodeAllocatableResources is off by default';
const BYTES = 'the length of parameters is that of the bytes as they were sent';
const RECOVERY = 'the parser goes on in another way after an error, with other words of what it expects';
const STORED = 'with a function that the test adds to the environment of stored expressions';

const flowSchema = (number: number): string => `TestFlowSchemaValidation/#${number} (ValidateFlowSchema)`;
const level = (number: number): string =>
  `TestPriorityLevelConfigurationValidation/#${number} (ValidatePriorityLevelConfiguration)`;
const slice = (number: number): string => `TestValidateResourceSlice/#${number} (ValidateResourceSlice)`;
const because = (reason: string, ...names: readonly string[]): LeftOut =>
  Object.fromEntries(names.map((name) => [name, reason]));

const TABLES: readonly Table[] = [
  {
    strategy: validatingWebhookConfigurationStrategy,
    table: validatingWebhooks,
    count: 61,
    namespaced: false,
    metadataOnUpdate: false,
    leftOut: because(
      RECOVERY,
      'TestValidateValidatingWebhookConfiguration/#51 (ValidateValidatingWebhookConfiguration)',
    ),
  },
  {
    strategy: mutatingWebhookConfigurationStrategy,
    table: mutatingWebhooks,
    count: 62,
    namespaced: false,
    metadataOnUpdate: false,
    leftOut: because(RECOVERY, 'TestValidateMutatingWebhookConfiguration/#51 (ValidateMutatingWebhookConfiguration)'),
  },
  {
    strategy: validatingAdmissionPolicyStrategy,
    table: validatingPolicies,
    count: 51,
    namespaced: false,
    metadataOnUpdate: false,
    leftOut: {
      ...because(
        RECOVERY,
        ...[27, 28, 35].map(
          (number) => `TestValidateValidatingAdmissionPolicy/#${number} (ValidateValidatingAdmissionPolicy)`,
        ),
      ),
      ...because(STORED, 'TestValidateValidatingAdmissionPolicyUpdate/#5 (ValidateValidatingAdmissionPolicyUpdate)'),
    },
  },
  {
    strategy: validatingAdmissionPolicyBindingStrategy,
    table: validatingBindings,
    count: 21,
    namespaced: false,
    metadataOnUpdate: false,
  },
  {
    strategy: mutatingAdmissionPolicyStrategy,
    table: mutatingPolicies,
    count: 41,
    namespaced: false,
    metadataOnUpdate: false,
  },
  {
    strategy: mutatingAdmissionPolicyBindingStrategy,
    table: mutatingBindings,
    count: 20,
    namespaced: false,
    metadataOnUpdate: false,
  },
  {
    strategy: certificateSigningRequestStrategy,
    table: certificates,
    count: 58,
    namespaced: false,
  },
  {
    strategy: flowSchemaStrategy,
    table: flowSchemas,
    count: 24,
    namespaced: false,
    leftOut: because(GO_NAMES, flowSchema(7), flowSchema(8)),
  },
  {
    strategy: priorityLevelConfigurationStrategy,
    table: levels,
    count: 21,
    namespaced: false,
    leftOut: because(GO_NAMES, level(2), level(5), level(6), level(12)),
  },
  {
    strategy: deviceClassStrategy,
    table: deviceClasses,
    count: 25,
    namespaced: false,
    leftOut: because(BYTES, 'TestValidateClassUpdate/#3 (ValidateDeviceClassUpdate)'),
  },
  {
    strategy: resourceClaimStrategy,
    table: claims,
    count: 42,
    leftOut: because(DECLARED, 'TestValidateClaim/#19 (ValidateResourceClaim)'),
  },
  { strategy: resourceClaimTemplateStrategy, table: claimTemplates, count: 24 },
  {
    strategy: resourceSliceStrategy,
    table: slices,
    count: 92,
    namespaced: false,
    leftOut: {
      ...because(GO_NAMES, slice(20), slice(42)),
      ...because(LISTS, slice(43), slice(70)),
      ...because(MAPPINGS, ...[47, 55, 60, 61, 73, 76, 97].map(slice)),
    },
  },
];

function judged({ strategy, namespaced = true, metadataOnUpdate = true }: Table): JudgeCase {
  return (object, old, row) => {
    const metadata = old === undefined || metadataOnUpdate ? metadataErrors(object, old, namespaced) : [];
    if (old !== undefined && row.function.includes('ApprovalUpdate'))
      return [...metadata, ...validateRequestApproval(object, old)];
    if (old !== undefined && row.function.includes('StatusUpdate'))
      return [...metadata, ...(strategy.validateStatus?.(object, old) ?? [])];
    const update = old === undefined ? [] : (strategy.validateUpdate?.(object, old) ?? []);
    return [...metadata, ...strategy.validate(object, old), ...update];
  };
}

describe.each(TABLES)('$strategy.kind', (table) => {
  expectUpstreamCases(table.table, table.count, judged(table), table.leftOut ?? {});
});
