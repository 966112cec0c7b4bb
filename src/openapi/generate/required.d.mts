export function requiredByServer(typeId: string, required: readonly string[]): string[];
