export function typeIdOfDefinition(name: string): string;
export function typeIdOfFile(path: string): string;
export function groupOfTypeId(id: string): string;
