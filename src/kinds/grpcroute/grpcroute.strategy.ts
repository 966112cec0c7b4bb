import { gatewayApiStrategy } from '../shared/gateway-api/gateway-api-strategy.ts';
import definition from './grpcroute.schema.json' with { type: 'json' };

export const grpcRouteStrategy = gatewayApiStrategy('GRPCRoute', definition);
