import { gatewayApiStrategy } from '../shared/gateway-api/gateway-api-strategy.ts';
import definition from './httproute.schema.json' with { type: 'json' };

export const httpRouteStrategy = gatewayApiStrategy('HTTPRoute', definition);
