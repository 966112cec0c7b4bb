/**
 * Flags of a command: `text` and `list` want a value, `switch` may have one (`--force`, `--force=false`). A flag with
 * `bare` may stand alone and means that then (`--cascade`, `--dry-run`).
 */
export interface FlagSpec {
  readonly type: 'switch' | 'text' | 'list';
  readonly short?: string;
  readonly bare?: string;
}

export type FlagSpecs = Readonly<Record<string, FlagSpec>>;

export interface Flags {
  readonly positionals: readonly string[];
  /** What stands after `--`. */
  readonly rest: readonly string[];
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** Flags as github.com/spf13/pflag reads them, its words where it does not; `--` ends them. */
export function readFlags(args: readonly string[], specs: FlagSpecs): Flags | { readonly error: string } {
  const positionals: string[] = [];
  const values = new Map<string, string[]>();
  const add = (name: string, value: string): void => {
    values.set(name, [...(values.get(name) ?? []), value]);
  };
  for (let at = 0; at < args.length; at++) {
    const arg = args[at]!;
    if (arg === '--') return { positionals, rest: args.slice(at + 1), values };
    if (arg.startsWith('--')) {
      const [name = '', ...parts] = arg.slice(2).split('=');
      const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
      if (spec === undefined) return { error: `unknown flag: --${name}` };
      if (parts.length > 0) add(name, parts.join('='));
      else if (spec.type === 'switch' || spec.bare !== undefined) add(name, spec.bare ?? 'true');
      else if (++at < args.length) add(name, args[at]!);
      else return { error: `flag needs an argument: --${name}` };
    } else if (arg.startsWith('-') && arg.length > 1 && !/^-\d*$/.test(arg)) {
      const shorts = arg.slice(1);
      for (let index = 0; index < shorts.length; index++) {
        const short = shorts[index]!;
        const found = Object.entries(specs).find(([, spec]) => spec.short === short);
        if (found === undefined) return { error: `unknown shorthand flag: '${short}' in -${shorts}` };
        const [name, spec] = found;
        if (spec.type === 'switch') {
          add(name, 'true');
          continue;
        }
        const own = shorts.slice(index + 1).replace(/^=/, '');
        if (own !== '') add(name, own);
        else if (++at < args.length) add(name, args[at]!);
        else return { error: `flag needs an argument: '${short}' in -${shorts}` };
        break;
      }
    } else positionals.push(arg);
  }
  return { positionals, rest: [], values };
}

/** The last value of a flag. */
export function flag({ values }: Flags, name: string): string | undefined {
  return values.get(name)?.at(-1);
}

export function isOn(flags: Flags, name: string): boolean {
  const value = flag(flags, name);
  return value !== undefined && value !== 'false';
}
