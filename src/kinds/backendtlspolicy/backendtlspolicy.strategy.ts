import { gatewayApiStrategy } from '../shared/gateway-api/gateway-api-strategy.ts';
import definition from './backendtlspolicy.schema.json' with { type: 'json' };

export const backendTLSPolicyStrategy = gatewayApiStrategy('BackendTLSPolicy', definition);
