import type { ScriptOptions } from '../../simulator/script/options.ts';

/** What somebody chooses of the network of a run before it begins; what is left out is as Kubernetes and Drydock have it. */
export type RunNetwork = Pick<ScriptOptions, 'proxyMode' | 'ipFamilies' | 'podNetwork'>;

type Undefinable<Type> = { readonly [Key in keyof Type]?: Type[Key] | undefined };

/** Of the options of a script, those that say what its network is like. */
export function networkOf({ proxyMode, ipFamilies, podNetwork }: Undefinable<RunNetwork>): RunNetwork {
  return {
    ...(proxyMode === undefined ? {} : { proxyMode }),
    ...(ipFamilies === undefined ? {} : { ipFamilies }),
    ...(podNetwork === undefined ? {} : { podNetwork }),
  };
}
