import { gatewayApiStrategy } from '../shared/gateway-api/gateway-api-strategy.ts';
import definition from './referencegrant.schema.json' with { type: 'json' };

export const referenceGrantStrategy = gatewayApiStrategy('ReferenceGrant', definition);
